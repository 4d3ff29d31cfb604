const arabicLetters = new Map([
  ['ي', 'ی'],
  ['ك', 'ک'],
])

/** Pasted Persian often carries the Arabic ye and kaf, which Unicode normalisation leaves as they are. */
export const withPersianLetters = (text: string): string =>
  text.replace(/[يك]/g, (letter) => arabicLetters.get(letter) ?? letter)

/** A text in Arabic letters alone (with letters that Persian does not have) is left as it is. */
export const looksArabic = (text: string): boolean => /[ةىأإؤئًٌٍ]/.test(text) && !/[پچژگ]/.test(text)

/** Digits as programs read them, whichever were typed. */
export const latinDigits = (text: string): string =>
  text
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))

/** For searching: one form of letters and digits, without half-spaces. */
export function folded(text: string): string {
  return latinDigits(withPersianLetters(text.normalize('NFKC')))
    .replace(/\u200c/g, '')
    .toLowerCase()
}
