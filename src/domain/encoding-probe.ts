import type { WordOrder } from './register.ts';

/** One way in which a device might code its values, as a difference from what its model's table says. */
export interface Encoding {
  /** Order of the words of 32-bit values. */
  readonly wordOrder: WordOrder;
  /** Added to every address: 0, or 1 and -1 for counting from one. */
  readonly addressShift: number;
  /** Factor on top of the table's scale. */
  readonly scaleFactor: number;
}

/** One thing that physics demands, and what a device's values say to it. */
export interface Evidence {
  /** What was asked, in English, with the values seen, e.g. `outdoor temperature is plausible: 5.2`. */
  readonly text: string;
  readonly passed: boolean;
}

/** What speaks for and against one encoding. */
export interface EncodingCandidate extends Encoding {
  readonly evidence: readonly Evidence[];
}

/**
 * `AS_EXPECTED`: only the table's own encoding fits. `OTHER`: only another one does. `AMBIGUOUS`: several fit, or too
 * little could be read to tell. `NONE`: nothing fits, so something else answers.
 */
export const ENCODING_VERDICTS = ['AS_EXPECTED', 'OTHER', 'AMBIGUOUS', 'NONE'] as const;
/** One of {@link ENCODING_VERDICTS}. */
export type EncodingVerdict = (typeof ENCODING_VERDICTS)[number];

/** What a probe of a device's encoding found; it only reads, and changes nothing. */
export interface EncodingProbe {
  readonly verdict: EncodingVerdict;
  /** The one encoding that fits, with `AS_EXPECTED` and `OTHER`. */
  readonly fits: EncodingCandidate | null;
  /** All encodings that could be tried, the likeliest first. */
  readonly candidates: readonly EncodingCandidate[];
}
