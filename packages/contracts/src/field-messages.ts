/** The Persian sentences of our own field rules; the schema library has its own in both languages. */
export const fieldMessages: Record<string, string> = {
  'needs at least 10 characters': 'دست‌کم ۱۰ کاراکتر لازم است',
  'is in the past': 'گذشته است',
  'is not an IANA time zone, such as Asia/Tehran': 'منطقهٔ زمانی IANA نیست، مانند Asia/Tehran',
  'is not a time between 1970 and 2200 with at most 9 digits of a second':
    'زمانی میان ۱۹۷۰ و ۲۲۰۰ با حداکثر ۹ رقم از ثانیه نیست',
  'names a channel twice': 'یک کانال را دو بار نام می‌برد',
  'is not a local time such as 2026-11-22T20:30': 'زمان محلی نیست، مانند 2026-11-22T20:30',
  'is not a whole number in digits': 'عدد صحیحی با رقم نیست',
}
