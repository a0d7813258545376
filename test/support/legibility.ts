// What a room can read of a page: size, contrast and place of every piece of text that is seen, measured in the browser. Sizes are
// those of a screen of 1080 lines, and grow with its lines: a room sees the same wall, whatever the pixels.
import type { Page } from '@playwright/test';

/** What may be smaller than what the room must read: labels of labels, cells, what is repeated elsewhere in large. */
const secondary = '.tick, .person, .cell, th.spread, .more, .rest, .paused-word';
/** What must be seen first. */
const figures = '.figure, .progress strong, .timer, strong.spread';

/** Everything that breaks a rule, in words; empty where a room can read the page. */
export function illegible(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ secondary, figures }) => {
      type Rgb = { r: number; g: number; b: number; a: number };
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const read = (colour: string): Rgb => {
        if (!canvas) return { r: 0, g: 0, b: 0, a: 1 };
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
        return { r, g, b, a: a / 255 };
      };
      const over = (top: Rgb, below: Rgb): Rgb => ({
        r: top.r * top.a + below.r * (1 - top.a),
        g: top.g * top.a + below.g * (1 - top.a),
        b: top.b * top.a + below.b * (1 - top.a),
        a: 1,
      });
      const backgroundOf = (element: Element): Rgb => {
        const layers: Rgb[] = [];
        for (let at: Element | null = element; at; at = at.parentElement) {
          const layer = read(getComputedStyle(at).backgroundColor);
          layers.push(layer);
          if (layer.a === 1) break;
        }
        return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
      };
      const channel = (value: number) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      const luminance = ({ r, g, b }: Rgb) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      const contrast = (one: Rgb, other: Rgb) => {
        const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
        return (light + 0.05) / (dark + 0.05);
      };
      /** The part of a box that nothing around it hides. */
      const seenOf = (element: Element, box: DOMRect): DOMRect => {
        let { left, top, right, bottom } = box;
        for (let at: Element | null = element; at; at = at.parentElement) {
          if (getComputedStyle(at).overflow === 'visible') continue;
          const frame = at.getBoundingClientRect();
          left = Math.max(left, frame.left);
          top = Math.max(top, frame.top);
          right = Math.min(right, frame.right);
          bottom = Math.min(bottom, frame.bottom);
        }
        return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
      };
      const found: string[] = [];
      /** What is seen of each text; glyphs of neighbouring lines may reach a little into one another. */
      const texts: { node: Node; what: string; box: DOMRect; size: number }[] = [];
      const overlap = (one: { size: number }, other: { size: number }) =>
        0.35 * Math.min(one.size, other.size);
      const root = document.documentElement;
      if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push('the page scrolls');
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.textContent?.trim() ?? '';
        const element = node.parentElement;
        if (
          text === '' ||
          !element ||
          element.closest('.visually-hidden, noscript, script, svg, [aria-hidden="true"]:is(.front, .back)')
        )
          continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || !element.checkVisibility()) continue;
        const style = getComputedStyle(element);
        const size = Number.parseFloat(style.fontSize);
        const wanted =
          element.closest(figures) && !element.closest('.paused-word')
            ? 64
            : element.closest(secondary)
              ? 28
              : 41;
        const what = `“${text.slice(0, 40)}”`;
        for (const line of range.getClientRects())
          texts.push({ node, what, box: seenOf(element, line), size });
        if (element.closest('.number') && box.height > 2 * size) found.push(`${what} breaks`);
        const least = (wanted * innerHeight) / 1_080;
        if (size < least) found.push(`${what} has ${size} px, ${least} are needed`);
        if (Number(style.fontWeight) < 500) found.push(`${what} has weight ${style.fontWeight}`);
        const background = backgroundOf(element);
        const ratio = contrast(over(read(style.color), background), background);
        if (ratio < 7) found.push(`${what} has contrast ${ratio.toFixed(2)}`);
        const ellipsis = element.closest(
          '.name, .with, .tile, .prompt, .names, .na, .label, .about, h1, footer, li, strong',
        );
        const isOutside =
          box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
        if (isOutside && !ellipsis) found.push(`${what} leaves the screen`);
      }
      for (const box of document.querySelectorAll('.tile, .label, h1, li, .figure, .unit, .cell, footer')) {
        const rect = box.getBoundingClientRect();
        if (rect.right > innerWidth + 1 || rect.left < -1 || rect.bottom > innerHeight + 1 || rect.top < -1)
          found.push(`${box.className || box.tagName} leaves the screen`);
      }
      const tiles = [...document.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect());
      for (const [at, one] of tiles.entries())
        for (const other of tiles.slice(at + 1))
          if (
            one.left < other.right - 1 &&
            other.left < one.right - 1 &&
            one.top < other.bottom - 1 &&
            other.top < one.bottom - 1
          )
            found.push('two tiles cover one another');
      for (const [at, one] of texts.entries())
        for (const other of texts.slice(at + 1))
          if (
            one.node !== other.node &&
            Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 3 &&
            Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) >
              overlap(one, other)
          )
            found.push(`${one.what} and ${other.what} cover one another`);
      for (const label of document.querySelectorAll('.label, .tile'))
        for (const beside of document.querySelectorAll('aside')) {
          const [one, other] = [label.getBoundingClientRect(), beside.getBoundingClientRect()];
          if (one.right > other.left + 1 && one.bottom > other.top && one.top < other.bottom)
            found.push(`“${label.textContent?.trim()}” runs into the figure`);
        }
      const main = document.querySelector('main');
      const edge = main
        ? innerWidth - Number.parseFloat(getComputedStyle(main).paddingInlineEnd)
        : innerWidth;
      for (const box of document.querySelectorAll('main > *, .figure, footer, header, table'))
        if (box.getBoundingClientRect().right > edge + 2) found.push(`${box.tagName} leaves the safe margin`);
      const rows = [...document.querySelectorAll('article, section')].filter(
        (one) => one.scrollHeight > one.clientHeight + 2,
      );
      if (rows.length > 0) found.push('content is cut off below');
      return [...new Set(found)];
    },
    { secondary, figures },
  );
}
