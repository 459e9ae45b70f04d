"use strict";
// Everything works without this script: links open what they lead to, boxes filter by style alone, tables come sorted.
(() => {
  for (const button of document.querySelectorAll("button.js")) button.hidden = false;

  // A mark opens its finding and gives it the focus; the same mark again closes it.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a[href^='#f']");
    const body = mark && document.getElementById(mark.getAttribute("href").slice(1));
    const card = body && body.closest("details");
    if (!card) return;
    event.preventDefault();
    card.open = !card.open || !mark.classList.contains("m");
    if (!card.open) return;
    card.querySelector("summary").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  });

  const all = document.getElementById("open-all");
  if (all) {
    all.addEventListener("click", () => {
      const opening = all.textContent === "Open all";
      for (const card of document.querySelectorAll("details.card")) card.open = opening;
      all.textContent = opening ? "Close all" : "Open all";
    });
  }

  const print = document.getElementById("print");
  if (print) {
    print.addEventListener("click", () => {
      const before = location.hash;
      location.hash = "take";
      window.print();
      location.hash = before === "#take" ? before : "ask";
    });
  }

  for (const button of document.querySelectorAll("th button[data-sort]")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const body = head.closest("table").tBodies[0];
      const down = head.getAttribute("aria-sort") === "ascending";
      const column = head.cellIndex;
      const key = (row) => row.cells[column].dataset.key;
      const number = button.dataset.sort === "number";
      const rows = [...body.rows].sort((a, b) => (number ? key(a) - key(b) : key(a).localeCompare(key(b))));
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...(down ? rows.reverse() : rows));
    });
  }
})();
