// j and k move between cards, s marks the one in view as seen, o opens its first link; of a draft's
// cards a accepts, e changes, r rejects, and u takes back what was decided last.
"use strict";
(() => {
  let wanted = "";
  const cards = () => [...document.querySelectorAll("article.card")];
  const here = () => document.activeElement?.closest("article.card");
  const show = (card) => {
    card?.focus();
    card?.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const all = cards();
    if (!all.length) return;
    const at = all.indexOf(here());
    show(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
  };
  const next = (card) => {
    const all = cards();
    const at = all.indexOf(card);
    const open = [...all.slice(at + 1), ...all.slice(0, at)];
    return open.find((one) => one.classList.contains("open")) || card;
  };
  const press = (key) => here()?.querySelector(`[data-key="${key}"]`)?.click();
  const deeds = {
    j: () => move(1),
    k: () => move(-1),
    s: () => {
      const card = here();
      if (!card || card.classList.contains("placing")) return;
      const all = cards();
      const beside = all[all.indexOf(card) + 1] || all[all.indexOf(card) - 1];
      card.querySelector("button")?.click();
      beside?.focus();
    },
    o: () => here()?.querySelector("p a")?.click(),
    a: () => press("a"),
    e: () => {
      const card = here();
      const change = card?.querySelector("details.change");
      if (change) change.open = true;
      (change || card)?.querySelector(".written input, .written select, .written textarea")?.focus();
    },
    r: () => press("r"),
    u: () => document.querySelector('[data-key="u"]')?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") event.target.closest("article.card")?.focus();
    if (event.target.closest("input, select, textarea")) return;
    const deed = deeds[event.key];
    if (deed) {
      event.preventDefault();
      deed();
    }
  });
  document.addEventListener("focusin", (event) => {
    document.querySelectorAll(".passage.here").forEach((one) => one.classList.remove("here"));
    const passage = event.target.closest("[data-passage]")?.dataset.passage;
    const found = passage && document.getElementById(passage);
    if (!found) return;
    found.classList.add("here");
    const frame = found.closest(".reading");
    if (frame && frame.scrollHeight > frame.clientHeight) {
      frame.scrollTop = found.offsetTop - frame.offsetTop - frame.clientHeight / 3;
    }
  });
  document.addEventListener("submit", (event) => {
    const card = event.target.closest("article.placing");
    wanted = card ? next(card).id : here()?.id || "";
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (![400, 409].includes(event.detail.xhr.status)) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!wanted) return;
    const fault = document.querySelector(".placing .fault");
    show(fault ? fault.closest("article") : document.getElementById(wanted));
    wanted = "";
  });
  const named = document.getElementById(location.hash.slice(1) || "-");
  if (named?.matches("article.card")) named.focus();
})();
