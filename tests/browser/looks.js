// What of a page looks wrong: one sentence for each finding. Texts that only screen readers get are left out.
(() => {
  const found = [];
  const quoted = element => `“${(element.textContent || '').trim().slice(0, 60)}”`;
  const seen = element => {
    const style = getComputedStyle(element);
    return style.visibility === 'visible' && Number(style.opacity) > 0.05 && element.checkVisibility();
  };

  // Wider than the screen: the page, or Streamlit's part of it that scrolls.
  for (const element of [document.documentElement, document.querySelector('[data-testid=stMain]')]) {
    if (element && element.scrollWidth > element.clientWidth + 1) {
      found.push(`${element.tagName} is ${element.scrollWidth} wide in ${element.clientWidth}`);
    }
  }

  // The lines of text, each with the box it is drawn in.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('script, style, noscript, [hidden], [aria-hidden=true]')) continue;
    if (parent.closest('.hidden, [role=dialog], [data-testid=stDataFrame], [data-baseweb=select], [data-testid=stElementToolbar]')) continue;
    if (!seen(parent) || parent.closest('[data-testid=stSkipLink], a[href^="#"]')) continue; // waits off the screen
    const range = document.createRange();
    range.selectNodeContents(node);
    const drawn = parent instanceof SVGElement; // a text in a picture may be turned: its element knows its box
    for (const box of drawn ? [parent.getBoundingClientRect()] : range.getClientRects()) {
      if (box.width > 2 && box.height > 2) lines.push({ box, parent, node });
    }
  }

  // Cut: a line that goes beyond an ancestor which hides what does not fit, and cannot be scrolled.
  for (const { box, parent } of lines) {
    const slack = parent instanceof SVGElement ? 5 : 2; // the box of a letter is larger than what is drawn of it
    for (let up = parent; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      const hidesX = ['hidden', 'clip'].includes(style.overflowX) && !(up instanceof SVGElement && up.tagName !== 'svg');
      if (hidesX && edge.width > 2 && (box.right > edge.right + slack || box.left < edge.left - slack)) {
        found.push(`cut at the side: ${quoted(parent)}`);
        break;
      }
      if (['auto', 'scroll'].includes(style.overflowX)) break;
    }
  }

  // On top of each other: two lines of different texts share room, and neither stays where it is while pages scroll.
  const FLOATING = '[data-testid=stTooltipContent], [data-baseweb=popover], [data-testid=stToolbar], [data-testid=stStatusWidget]';
  const stays = element => element && (getComputedStyle(element).position === 'sticky' || stays(element.parentElement));
  const floats = element => element.closest(FLOATING) || stays(element);
  const sorted = [...lines].sort((a, b) => a.box.top - b.box.top);
  sorted.forEach((one, at) => {
    for (let next = at + 1; next < sorted.length && sorted[next].box.top < one.box.bottom - 3; next++) {
      const other = sorted[next];
      if (other.node === one.node || one.parent.contains(other.parent) || other.parent.contains(one.parent)) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 3 && down > 4 && !floats(one.parent) && !floats(other.parent)) {
        found.push(`on top of each other: ${quoted(one.parent)} and ${quoted(other.parent)}`);
      }
    }
  });

  // Longer than can be read: the mean line of a paragraph of several lines.
  for (const paragraph of document.querySelectorAll('p, li')) {
    const own = lines.filter(line => line.parent === paragraph);
    const rows = new Set(own.map(line => Math.round(line.box.top))).size;
    const length = paragraph.textContent.trim().length / rows;
    if (rows > 2 && length > 95) found.push(`${Math.round(length)} characters a line: ${quoted(paragraph)}`);
  }
  return [...new Set(found)];
})()
