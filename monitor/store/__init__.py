"""The store: one database, SQLite or PostgreSQL, through the same SQLAlchemy Core statements.

    store = open_store("sqlite:///var/monitor.db")      # runs the migrations that are missing
    store.versions.latest("ukraine-talks")              # one call, one transaction
    with store.transaction() as tx:                     # several calls, one transaction
        digest = tx.digests.add(...)
        tx.outbox.tell([...], now=now)
    with store.reading() as tx: ...                     # several reads of one moment
    store.close()

`tx` has the same families as `store`. Calls block; on SQLite run them on one thread. A transaction
is never open across the network. Raised everywhere: StoreUnavailable (no answer, full, read-only,
locked for longer than the busy timeout; nothing was half-written), Conflict, NotFound, Ambiguous.
Values are in `records` and `monitor.model`. `now` is an aware UTC datetime.

situations   ensure(name, kind=, title=, now=) locks the situation for this transaction
             hold(names) keeps versions from coming in or going until it ends; lock(name) others too
             get(name) all() set_baseline(name, how, version_id | None)  pin_first(name, id)
             baseline(name) -> Version | None      resolves previous, pinned, advanced
             remember_kind(hash, name, schema)   kind(hash) -> (name, schema)
revisions    fingerprint() differs when what readers hear of has changed   all() by situation
lines        latest(names) behind(names, now=) taken_back(names)   of many situations at once
changes      some(now=, limit=) readers of whom something changed   seen(deeds)
             waiting()  unbegun(after=, limit=) who may have to begin somewhere   begun(deeds)
sources      checked(name, now=, trouble=None, newest=None) all()
             files(source) -> {path: SeenFile}
             saw(source, path, digest, refused=None, snapshot=None)
snapshots    add(NewSnapshot) -> SnapshotRow   get(id)
             of(situation) ascending by (as_of, learned_at)
             data(id) -> bytes as read
versions     add(NewVersion) -> Version   get(id)   state(id) -> State   states(ids)
             latest(situation, learned_by=None)  history(situation, learned_by=None)
             newest revisions, not held, ascending   previous(id)   every(situation) all revisions
             resolve(situation, "2026-02-05" | hash prefix | latest | previous | baseline)
             held(situation=None)  release(id)  reject(id, reason)
             owed() -> versions not yet compared with the baseline   compared(id, now=)
             pin(situation) -> Pin: the baseline, how it was chosen, and what it fell from
withdrawals  take_out(snapshot, reason, now)  put_back(snapshot, now)   by a person
             strand(Stranding, now)  float_again(snapshots, now)        for want of what it lay upon
             that_counted(situation) -> {(snapshot, since when)}        asked in each pass
subscriptions  create(spec, pointers, due_at=, now=)  update(id, spec, due_at=)  get(id)
             find(address, name)  all(address=None)  page(after=0, limit=500, due_by=None,
             situation=None, alerted_not=version_id)  active ones, by id, bounded memory
             listed(first=, limit=) in every state, by address   count()
             set_state(id, state, reason, now=)   hold(id)  follow(id, pointers, now=)
             unfollow(id, pointers)  move(id, [(read, wanted)], cause, now=)  moves(id)
             mute(id, what, reason, until=, now=)  unmute(mute_id)
             reschedule(id, due_at)
due          numbers(by) -> ids   tell(numbers, Judge, by=, now=, copied=, still=) -> PageTold
             sorted by what decides what they are told, and written to where that is known
lapses       of(version_id)  kinds(ids)  note({id: days})   when the calendar speaks of versions
alerts       record([AlertedFinding])  of(subscription_id)    cleared when told moves
digests      add(digest, input_json, body: bytes, now=) -> StoredDigest (shared by input_hash)
             page(first=, limit=) newest first  count()  readers(ids) -> {id: readers}
             by_hash(h)  get(id)  input(id) -> Json   body(body_id) -> bytes   add_body(bytes) -> id
outbox       tell([Telling], now=) -> list[bool]     seq, pointers, run and message in one step
             post([Letter], now=)                    messages of no subscription (to the operator)
             claim mark release next_due             the port `monitor.deliver.ports.Outbox`
             get(id)  find(states=(), subscription=None, limit=100)  deliveries(id)  count()
             named(key) -> the message that a bounce address names
             come_back(ids, reason, now=) what was handed over has not arrived
             claim, next_due: of mail, or with home="channel:NAME" of that channel
             let_go(ids, now=)  cancel(ids, reason, now=, arrived=)  retry(id, now=, expires_at=)
breakers     failed(name, text, pause=, now=)  well(names)  of(name)  all()
             reserve(name, until=, now=) the one try of a failing host
runs         of(subscription_id, limit=)
suppressions add(address, scope=, reason=, by=, now=)  lift(...)  covers(address, scope)
             all()  audit()
bounces      add(Bounce) -> bool, False for a report that was there   find(report)
             of(messages) {message: [Bounce]}   failing(address, since=, message=) days in a row
             lifted(address) when mail was last let through again   recent(verdicts, since=)
             forget(before=)
mailboxes    get(name)  read(name, validity, up_to)  fares(name, trouble | None, now=)
judgements   add(...) of(situation)  revoke(id, now=)
notices      open(condition, text, now=) -> bool   close(condition, now=) -> bool   standing()
             reword(row, text)  retell(row, text, now=) -> bool   texts(condition, since=)
             take_owed(now=) -> (to tell, to tell over), recorded as told
work         take(sort, keys, lease=) -> [WorkClaim], nobody else's until the lease ends
             hold(claim)  first in each transaction that writes its work: raises LateWrite
             done(claims, note=None)  note(sort, key)  notes(sort, keys=None) -> {key: note}
             remark(claim, note)  forget(sort, key)
decisions    add(Decision)  page(situation=None, first=0, limit=) newest first  count(situation)
             baseline(situation) the last about the baseline
nodes        start(now=) -> Started      raises Conflict when a service runs on this SQLite file
             beat(now=)  stop(now=)  all()
store itself backup(path)  prune(before=)  transaction()  reading()  close()  is_sqlite
"""

from monitor.store.opening import open_store
from monitor.store.store import Families, Store, Transaction

__all__ = ["Families", "Store", "Transaction", "open_store"]
