// Comforts for those who have scripts; every page works without.
"use strict";

// "/" goes to the search field, j and k walk through facts, + − ← → move the timeline.
document.addEventListener("keydown", (event) => {
  const at = document.activeElement;
  const typing = at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
    return;
  }
  if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll(".facts .quote a, .notes a:first-child")];
    if (links.length === 0) return;
    const step = event.key === "j" ? 1 : -1;
    const next = links.indexOf(at) + step;
    links[Math.max(0, Math.min(links.length - 1, next))].focus();
    return;
  }
  const moves = { "+": "closer", "-": "wider", ArrowLeft: "earlier", ArrowRight: "later" };
  const inside = at && at.closest(".scroll");
  if (moves[event.key] && !inside) {
    const link = document.querySelector(`[data-move="timeline.${moves[event.key]}"]`);
    if (link) link.click();
  }
});

// Progress of runs as the server tells it.
const progress = document.getElementById("progress");
if (progress && window.EventSource) {
  const source = new EventSource(progress.dataset.stream);
  source.addEventListener("run", (event) => {
    const told = JSON.parse(event.data);
    progress.textContent = `${told.stage} · ${told.documents} · ${told.facts}`;
    if (told.stage === "finished" || told.stage === "failed") {
      source.close();
      location.replace(location.href);
    }
  });
  window.addEventListener("pagehide", () => source.close());
}
