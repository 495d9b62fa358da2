/** Places something that floats above the page at what it belongs to, and keeps it there while things scroll. */

const margin = 8;
const gap = 4;
/** Less room below than this, and more above: it opens upwards. */
const wanted = 320;

export function floatAt(box: HTMLElement | null, at: HTMLElement | null): () => void {
  if (!box || !at) return () => {};
  const place = () => {
    const { left, top, bottom, width } = at.getBoundingClientRect();
    const below = window.innerHeight - bottom - gap - margin;
    const above = top - gap - margin;
    const isUp = below < wanted && above > below;
    const wide = Math.min(Math.max(width, 240), window.innerWidth - 2 * margin);
    Object.assign(box.style, {
      width: `${wide}px`,
      left: `${Math.max(margin, Math.min(left, window.innerWidth - wide - margin))}px`,
      top: isUp ? 'auto' : `${bottom + gap}px`,
      bottom: isUp ? `${window.innerHeight - top + gap}px` : 'auto',
      maxHeight: `${Math.max(160, Math.min(wanted, isUp ? above : below))}px`,
    });
  };
  box.showPopover();
  place();
  window.addEventListener('scroll', place, true);
  window.addEventListener('resize', place);
  return () => {
    window.removeEventListener('scroll', place, true);
    window.removeEventListener('resize', place);
  };
}
