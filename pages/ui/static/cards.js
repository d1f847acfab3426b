// Where a table is narrow each of its rows is a card: its cells bear the words of their columns, said once, at its head.
export function labelCells(root) {
  for (const table of root.querySelectorAll('table.cards')) {
    const words = Array.from(table.tHead.rows[0].cells, (head) => head.textContent.trim());
    for (const body of table.tBodies) {
      for (const row of body.rows) {
        for (const cell of row.cells) if (cell.nodeName === 'TD') cell.dataset.label = words[cell.cellIndex];
      }
    }
  }
}
