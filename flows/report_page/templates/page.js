"use strict";
(() => {
  const collator = new Intl.Collator(["zh", "en"], { numeric: true, sensitivity: "base" });

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    if (cell.classList.contains("missing")) return null;
    return cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v);
  };

  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);

  // What is missing stays last, whichever way.
  const sortBy = (header, table) => {
    const column = header.cellIndex;
    const isNumeric = header.classList.contains("number") || header.classList.contains("share");
    const before = header.getAttribute("aria-sort");
    const descending = before === "none" ? isNumeric : before === "ascending";
    const sign = descending ? -1 : 1;
    const rows = Array.from(table.tBodies[0].rows, (row) => [valueOf(row, column), row]);
    rows.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null);
      return sign * compare(one, other);
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
    for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    document.getElementById("said").textContent =
      `${table.caption.textContent}: sorted by ${header.textContent.trim()}, ${descending ? "descending" : "ascending"}`;
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    table.tHead.addEventListener("click", (event) => {
      if (event.target.closest("button")) sortBy(event.target.closest("th"), table);
    });
  }

  const narrow = window.matchMedia("(max-width: 62rem)");
  const contents = document.querySelector(".contents details");
  const openContents = () => { contents.open = !narrow.matches; };
  openContents();
  narrow.addEventListener("change", openContents);

  const config = JSON.parse(document.getElementById("chart-config").textContent);
  // Expressions are interpreted, so that the page may forbid code made from text.
  const options = {
    config, actions: false, renderer: "svg", ast: true, defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  };

  const draw = async (figure) => {
    const plot = figure.querySelector(".plot");
    try {
      await window.vegaEmbed(plot, JSON.parse(figure.querySelector("script").textContent), options);
      // The plot has a name, and its numbers follow as a table: hundreds of nameless marks would say nothing.
      plot.querySelector("svg").setAttribute("aria-hidden", "true");
      plot.classList.add("drawn");
    } catch (error) {
      plot.classList.add("failed");
      plot.textContent = "This chart could not be drawn; its numbers are in the table below.";
      console.error(figure.id, error);
    }
  };

  // One after the other, so that the page can be read and scrolled meanwhile.
  const drawAll = async () => {
    for (const figure of document.querySelectorAll("figure.chart")) {
      await draw(figure);
      await new Promise((resume) => setTimeout(resume));
    }
    document.documentElement.dataset.charts = "drawn";
  };
  drawAll();
})();
