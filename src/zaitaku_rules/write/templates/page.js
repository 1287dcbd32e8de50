(() => {
  "use strict";
  const root = document.documentElement;
  const one = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const lang = () => (one("lang-en").checked ? "en" : "ja");

  const speak = () => {
    root.lang = lang();
    document.title = document.body.dataset[lang() === "en" ? "titleEn" : "titleJa"];
    for (const option of all("option[data-ja]")) option.textContent = option.dataset[lang()];
  };
  for (const input of all("input[name=lang]")) input.addEventListener("change", speak);
  speak();

  // Texts quoted by number take the place of the number.
  const fill = (within) => {
    for (const link of all("a.fn", within)) {
      const text = one(link.getAttribute("href").slice(1));
      const copy = document.createElement(text.querySelector("dl, ul") ? "div" : "span");
      copy.append(...[...text.childNodes].map((node) => node.cloneNode(true)));
      link.replaceWith(copy);
    }
  };
  const cases = all(".case");
  if (document.querySelector("a.fn")) {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((entry) => entry.isIntersecting)) {
        fill(entry.target);
        seen.unobserve(entry.target);
      }
    }, { rootMargin: "600px" });
    cases.forEach((found) => seen.observe(found));
    addEventListener("beforeprint", () => {
      cases.filter((found) => !found.hidden).forEach(fill);
      document.body.classList.add("filled");
    });
  }

  // A rule's anchor lies in a list that is folded away.
  const unfold = () => {
    const target = location.hash.length > 1 && one(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Printing.
  const button = one("print");
  button.hidden = false;
  button.addEventListener("click", () => print());
  if (one("foot")) cases.forEach((found) => found.append(one("foot").content.cloneNode(true)));
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("button.one")?.closest(".case");
    if (!chosen) return;
    chosen.classList.add("chosen");
    document.body.classList.add("printing-one");
    print();
    document.body.classList.remove("printing-one");
    chosen.classList.remove("chosen");
  });

  // Arrow keys move between the days of a month; Escape puts the evidence away.
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const next = (cell, [down, right]) => {
    const rows = cell.closest("tbody").rows;
    let row = cell.parentNode.sectionRowIndex, column = cell.cellIndex;
    for (;;) {
      column += right;
      row += down;
      if (column < 0 || column > 6) [row, column] = [row + right, column < 0 ? 6 : 0];
      if (!rows[row]) return null;
      if (rows[row].cells[column].hasAttribute("tabindex")) return rows[row].cells[column];
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all(".cal td:hover, .cal td:focus").forEach((cell) => cell.classList.add("hush"));
    const cell = event.target.closest?.(".cal td[tabindex]");
    const to = cell && steps[event.key] && next(cell, steps[event.key]);
    if (!to) return;
    event.preventDefault();
    cell.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
  for (const kind of ["focusout", "mouseout"]) {
    document.addEventListener(kind, (event) => event.target.closest?.(".hush")?.classList.remove("hush"));
  }

  // The list of an office: find, filter, sort.
  const form = document.querySelector(".filters");
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  const body = document.querySelector(".users tbody");
  const rows = [...body.rows].map((row) => ({
    row,
    user: row.cells[0].dataset.k.toLowerCase(),
    verdict: row.dataset.v,
    codes: row.dataset.r.split(" "),
    shown: one(row.querySelector("a").getAttribute("href").slice(1)),
  }));
  const filter = () => {
    const asked = one("q").value.trim().toLowerCase(), verdict = one("by-verdict").value, code = one("by-rule").value;
    let count = 0;
    for (const found of rows) {
      const fits = found.user.includes(asked) && (!verdict || found.verdict === verdict) && (!code || found.codes.includes(code));
      found.row.hidden = found.shown.hidden = !fits;
      count += fits;
    }
    one("count").textContent = count;
    one("nobody").hidden = count > 0;
  };
  form.addEventListener("input", filter);
  form.addEventListener("change", filter);
  filter();
  for (const head of all(".users th[data-sort]")) {
    const sorter = document.createElement("button");
    sorter.type = "button";
    sorter.append(...head.childNodes);
    head.append(sorter);
    sorter.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      all(".users th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (found) => found.row.cells[head.cellIndex].dataset.k;
      const number = head.dataset.sort === "number";
      rows.sort((a, b) => (number ? key(a) - key(b) : key(a).localeCompare(key(b), "ja")) * (down ? -1 : 1));
      body.append(...rows.map((found) => found.row));
    });
  }
})();
