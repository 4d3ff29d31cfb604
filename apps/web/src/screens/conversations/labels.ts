/** Texts that only these screens use. */
export const labels = {
  emptyText: {
    en: 'Comments, mentions and messages to your channels appear here.',
    fa: 'نظرها، اشاره‌ها و پیام‌های کانال‌هایتان اینجا دیده می‌شود.',
  },
  choose: {
    en: 'Choose a conversation',
    fa: 'گفت‌وگویی را انتخاب کنید',
  },
  change: { en: 'Change and send', fa: 'اصلاح و فرستادن' },
  changing: {
    en: 'In place of an answer that did not go out.',
    fa: 'به‌جای پاسخی که فرستاده نشد.',
  },
  drop: { en: 'Drop', fa: 'صرف‌نظر' },
  dropped: { en: 'The answer was dropped', fa: 'از این پاسخ صرف‌نظر شد' },
}
