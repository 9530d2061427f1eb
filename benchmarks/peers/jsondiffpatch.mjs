// Compares two files with jsondiffpatch and prints what it found and the processor time it took.
// Lists are matched by id, which is what its objectHash is for.
import { readFileSync } from "node:fs";
import { create } from "jsondiffpatch";

const [oldPath, newPath, runs] = process.argv.slice(2);
const clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const keyed = (document) =>
  Object.fromEntries(
    Object.entries(document).map(([list, entries]) => [
      list,
      Object.fromEntries(entries.map((entry) => [entry.id, entry])),
    ]),
  );

const before = clock();
const left = JSON.parse(readFileSync(oldPath, "utf8"));
const right = JSON.parse(readFileSync(newPath, "utf8"));
const parse = clock() - before;

const differ = create({ omitRemovedValues: false });
const times = [];
let delta;
for (let run = 0; run < Number(runs); run += 1) {
  const start = clock();
  delta = differ.diff(keyed(left), keyed(right));
  times.push(clock() - start);
}

const facts = [];
const walk = (node, path) => {
  for (const [name, value] of Object.entries(node ?? {})) {
    if (name === "_t") continue;
    if (Array.isArray(value) || value._t === "a") facts.push([...path, name].join("/"));
    else walk(value, [...path, name]);
  }
};
walk(delta, []);
times.sort((a, b) => a - b);
console.log(JSON.stringify({ parse, seconds: times[Math.floor(times.length / 2)], facts }));
