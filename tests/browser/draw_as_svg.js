// Draws a laid-out page as SVG: rectangles for what has a background or a border, words where the lines
// break, and inline drawings as they are with their colours spelled out.
([width, height]) => {
  const out = [];
  const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  const round = number => Math.round(number * 10) / 10;
  const isClear = colour => colour === 'rgba(0, 0, 0, 0)' || colour === 'transparent';
  const box = element => {
    const {x, y, width: w, height: h} = element.getBoundingClientRect();
    return {x: round(x), y: round(y), w: round(w), h: round(h)};
  };
  const drawBox = (element, style) => {
    const {x, y, w, h} = box(element);
    const edges = ['Top', 'Right', 'Bottom', 'Left'].filter(
      side => parseFloat(style['border' + side + 'Width']) > 0 && style['border' + side + 'Style'] !== 'none'
        && !isClear(style['border' + side + 'Color']));
    const fill = isClear(style.backgroundColor) ? 'none' : style.backgroundColor;
    if (fill === 'none' && edges.length === 0) return;
    const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, h / 2);
    const stroke = edges.length === 4 ? ` stroke="${style.borderTopColor}"` : '';
    out.push(`<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${round(radius)}" fill="${fill}"${stroke}/>`);
    if (edges.length === 4) return;
    for (const side of edges) {
      const [x1, y1, x2, y2] = {
        Top: [x, y, x + w, y], Bottom: [x, y + h, x + w, y + h],
        Left: [x, y, x, y + h], Right: [x + w, y, x + w, y + h]}[side];
      out.push(`<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${style['border' + side + 'Color']}"`
        + ` stroke-width="${parseFloat(style['border' + side + 'Width'])}"/>`);
    }
  };
  const drawText = (node, style) => {
    const range = document.createRange();
    const lines = [];
    // A line may break at a hyphen as well as at a blank.
    for (const piece of node.data.matchAll(/[^\s-]*-+|[^\s-]+/g)) {
      range.setStart(node, piece.index);
      range.setEnd(node, piece.index + piece[0].length);
      const {left, bottom, top, height: h} = range.getBoundingClientRect();
      const last = lines.at(-1);
      const glue = /\s/.test(node.data[piece.index - 1] ?? ' ') ? ' ' : '';
      if (last && Math.abs(last.top - top) < 2) last.text += glue + piece[0];
      else lines.push({left, top, baseline: bottom - h * 0.22, text: piece[0]});
    }
    const size = parseFloat(style.fontSize);
    for (const {left, top, baseline, text} of lines) {
      if (top > height) continue;
      out.push(`<text x="${round(left)}" y="${round(baseline)}" font-size="${size}" font-weight="${style.fontWeight}"`
        + ` fill="${style.color}">${escape(text)}</text>`);
    }
  };
  const drawInline = svg => {
    const copy = svg.cloneNode(true);
    const originals = [svg, ...svg.querySelectorAll('*')];
    [copy, ...copy.querySelectorAll('*')].forEach((element, index) => {
      const style = getComputedStyle(originals[index]);
      for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-dashoffset',
                          'stroke-linecap', 'font-size', 'font-weight', 'text-anchor']) {
        const value = style.getPropertyValue(name);
        if (value) element.setAttribute(name, value);
      }
      element.removeAttribute('class');
    });
    const {x, y, w, h} = box(svg);
    for (const [name, value] of Object.entries({x, y, width: w, height: h})) copy.setAttribute(name, value);
    out.push(copy.outerHTML);
  };
  const visit = element => {
    const style = getComputedStyle(element);
    const {y, w, h} = box(element);
    const isClipped = style.clipPath !== 'none' || (w <= 1 && h <= 1);
    if (style.display === 'none' || style.visibility === 'hidden' || isClipped || y > height) return;
    if (element instanceof SVGSVGElement) return drawInline(element);
    if (element.type === 'checkbox') {  // its edge is the browser's own
      const {x, h: tall} = box(element);
      out.push(`<rect x="${x + 1}" y="${y + 1}" width="${w - 2}" height="${tall - 2}" rx="3" fill="white" stroke="gray"/>`);
      return;
    }
    drawBox(element, style);
    const isFolded = element.tagName === 'DETAILS' && !element.open
      && getComputedStyle(element, '::details-content').contentVisibility !== 'visible';
    if (element.tagName === 'SELECT') {
      const {x, h: tall} = box(element);
      out.push(`<text x="${x + 10}" y="${y + tall / 2 + 5}" font-size="${parseFloat(style.fontSize)}"`
        + ` fill="${style.color}">${escape(element.selectedOptions[0].text)}</text>`);
      return;
    }
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) drawText(child, style);
      else if (child.nodeType === Node.ELEMENT_NODE && !(isFolded && child.tagName !== 'SUMMARY')) visit(child);
    }
  };
  visit(document.body);
  const background = [document.body, document.documentElement]
    .map(element => getComputedStyle(element).backgroundColor).find(colour => !isClear(colour)) ?? 'white';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}"`
    + ` height="${height}" font-family="system-ui, 'DejaVu Sans', sans-serif">\n<title>Matches in Setu</title>\n`
    + `<rect width="${width}" height="${height}" fill="${background}"/>\n${out.join('\n')}\n</svg>\n`;
}
