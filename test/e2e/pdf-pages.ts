const MM_PER_POINT = 25.4 / 72;

/** Sizes of the pages of a PDF as Chromium writes it, in millimetres, in their order. */
export function pdfPages(pdf: Buffer): { widthMm: number; heightMm: number }[] {
  const text = pdf.toString('latin1');
  const boxes = text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g);
  return [...boxes].map(([, width, height]) => ({
    widthMm: Number(width) * MM_PER_POINT,
    heightMm: Number(height) * MM_PER_POINT,
  }));
}
