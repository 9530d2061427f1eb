// j and k move between cards, s marks the one in view as seen, o opens its first link.
"use strict";
(() => {
  const cards = () => [...document.querySelectorAll("article.card")];
  const here = () => document.activeElement?.closest("article.card");
  const move = (by) => {
    const all = cards();
    if (!all.length) return;
    const at = all.indexOf(here());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const deeds = {
    j: () => move(1),
    k: () => move(-1),
    s: () => {
      const card = here();
      if (!card) return;
      const all = cards();
      const next = all[all.indexOf(card) + 1] || all[all.indexOf(card) - 1];
      card.querySelector("button")?.click();
      next?.focus();
    },
    o: () => here()?.querySelector("p a")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const deed = deeds[event.key];
    if (deed) {
      event.preventDefault();
      deed();
    }
  });
})();
