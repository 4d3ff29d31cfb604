type Bilingual = { fa: string; en: string }

/** What can be done here, in people's words; what is new has its name for programs until it has one here. */
export const actionNames: Record<string, Bilingual> = {
  'content.post.changed.v1': { en: 'Changed a post', fa: 'تغییر فرسته' },
  'content.asset.changed.v1': { en: 'Changed a media file', fa: 'تغییر رسانه' },
  'content.policy.changed.v1': { en: 'Changed the approval rule', fa: 'تغییر قاعدهٔ تأیید' },
  'publishing.publication.changed.v1': { en: 'Changed a publication', fa: 'تغییر انتشار' },
  'publishing.hold.changed.v1': { en: 'Stopped or released publishing', fa: 'نگه‌داشت انتشار' },
  'publishing.policy.changed.v1': { en: 'Changed the lateness rule', fa: 'تغییر قاعدهٔ دیرکرد' },
  'publishing.channel.changed.v1': { en: 'Changed a channel', fa: 'تغییر کانال' },
  'listening.conversation.changed.v1': { en: 'Changed a conversation', fa: 'تغییر گفت‌وگو' },
  'api-key.created': { en: 'Made an API key', fa: 'ساختن کلید API' },
  'api-key.revoked': { en: 'Revoked an API key', fa: 'از کار انداختن کلید API' },
  'member.added': { en: 'Added a member', fa: 'افزودن عضو' },
  'member.edited': { en: 'Changed a member', fa: 'تغییر عضو' },
  'member.removed': { en: 'Removed a member', fa: 'برداشتن عضو' },
  'workspace.created': { en: 'Made the workspace', fa: 'ساختن فضای کاری' },
  'workspace.edited': { en: 'Changed the workspace', fa: 'تغییر فضای کاری' },
}

/** Who acts without being a member. */
export const actorNames: Record<string, Bilingual> = {
  system: { en: 'Hamava itself', fa: 'خودِ هم‌آوا' },
  api_key: { en: 'An API key', fa: 'یک کلید API' },
  session: { en: 'A former member', fa: 'عضو پیشین' },
}
