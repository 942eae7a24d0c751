import type { Language } from '../../graphql/generated/types.ts';
import { type SeriesRef, selectionOf } from './series-ref.ts';
import type { Span } from './time-range.ts';

/** What an image shows besides the drawings. */
export interface ImageText {
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly colour: string }[];
  readonly background: string;
  readonly foreground: string;
}

const PADDING = 16;
const LINE_HEIGHT = 22;

/** Saves drawings one below the other as an image, with a title above and the legend below. */
export function saveImage(canvases: readonly HTMLCanvasElement[], { title, lines, background, foreground }: ImageText) {
  const ratio = window.devicePixelRatio;
  const image = document.createElement('canvas');
  const textHeight = (2 * PADDING + LINE_HEIGHT * (lines.length + 1)) * ratio;
  image.width = Math.max(...canvases.map(({ width }) => width)) + 2 * PADDING * ratio;
  image.height = canvases.reduce((sum, { height }) => sum + height, textHeight);
  const context = image.getContext('2d');
  if (!context) return;
  context.fillStyle = background;
  context.fillRect(0, 0, image.width, image.height);
  const write = (text: string, y: number, colour: string, weight: number) => {
    context.font = `${weight} ${14 * ratio}px system-ui, sans-serif`;
    context.fillStyle = colour;
    context.fillText(text, PADDING * ratio, y);
  };
  let y = (PADDING + 14) * ratio;
  write(title, y, foreground, 600);
  y += (LINE_HEIGHT - 14) * ratio;
  for (const canvas of canvases) {
    context.drawImage(canvas, PADDING * ratio, y);
    y += canvas.height;
  }
  for (const { text, colour } of lines) {
    y += LINE_HEIGHT * ratio;
    write(text, y, colour, 500);
  }
  image.toBlob((blob) => blob && save(blob, `${fileName(title)}.png`));
}

/** Hands a file to the user. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has begun with the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** A name that every file system takes. */
export function fileName(title: string): string {
  return title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'thermograph';
}

/** Where the server gives every value of the same series in the same time as CSV, as the locale's spreadsheets read it. */
export function csvAddress(refs: readonly SeriesRef[], { from, to }: Span, language: Language): string {
  const { heatpumpIds, keys, quantities } = selectionOf(refs);
  const params = new URLSearchParams({ heatpumpId: heatpumpIds.join(',') });
  if (keys.length > 0) params.set('keys', keys.join(','));
  if (quantities.length > 0) params.set('quantities', quantities.join(','));
  params.set('from', new Date(from).toISOString());
  params.set('to', new Date(to).toISOString());
  if (language === 'DE') params.set('decimal', 'comma');
  return `/export/history.csv?${params}`;
}
