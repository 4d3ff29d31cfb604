/** Texts that only these screens use. */
export const labels = {
  emptyText: {
    en: 'Connect an account or a page, and posts can go there.',
    fa: 'یک حساب یا صفحه را متصل کنید تا پست‌ها به آنجا بروند.',
  },
  removeText: {
    en: 'Nothing can be published there any more. What is already published stays.',
    fa: 'دیگر چیزی در آن منتشر نمی‌شود. آنچه منتشر شده می‌ماند.',
  },
  scopesMissing: {
    en: 'Its access does not allow all that publishing needs. Missing:',
    fa: 'دسترسی‌اش همهٔ آنچه را انتشار می‌خواهد ندارد. کمبود:',
  },
  unreadable: {
    en: 'What people write there has not been read since then:',
    fa: 'آنچه مردم برایش می‌نویسند از این زمان خوانده نشده است:',
  },
  notConnected: { en: 'Nothing was connected', fa: 'چیزی متصل نشد' },
  declined: {
    en: 'The network has not given access. You can try again.',
    fa: 'شبکه دسترسی نداد؛ می‌توانید دوباره بکوشید.',
  },
  connectedOther: (name: string, asked: string) => ({
    en: `${name} was connected. ${asked} is another account, and still waits.`,
    fa: `«${name}» متصل شد. «${asked}» حساب دیگری است و همچنان منتظر است.`,
  }),
}
