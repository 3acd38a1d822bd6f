import { customAlphabet } from "nanoid";

/**
 * 32 symbols, so that each carries five bits and none is likelier than another. One case only: mail programs, proxies
 * and some databases change or fold case. Without 0 and o, 1 and l, which people mix up when they type a link.
 */
const alphabet = "23456789abcdefghijkmnpqrstuvwxyz";

/** Characters of a random text: 26 × 5 = 130 bits, above the 128 that a token needs (S29). */
const length = 26;

/** 130 random bits as 26 digits and lower-case letters. */
export const randomText: () => string = customAlphabet(alphabet, length);

/** What `randomText` gives, and the same with letters in either case. */
export const randomTextForm: RegExp = /^[2-9a-km-np-z]{26}$/i;
