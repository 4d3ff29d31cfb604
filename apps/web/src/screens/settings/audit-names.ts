import type { EventType } from '../../api/types.ts'

type Bilingual = { fa: string; en: string }

/** An event, with its `action` where it has one; or a change in the gateway. */
type Action =
  | EventType
  | `${EventType}:${string}`
  | `${'api-key' | 'member' | 'workspace'}.${string}`

/** The names of actions for people; an action that is missing here is shown by its technical name. */
const actionNames: { [action in Action]?: Bilingual } = {
  'content.post.changed.v1': { en: 'Changed a post', fa: 'تغییر فرسته' },
  'content.post.changed.v1:created': { en: 'Wrote a post', fa: 'نوشتن فرسته' },
  'content.post.changed.v1:edited': { en: 'Edited a post', fa: 'ویرایش فرسته' },
  'content.post.changed.v1:scheduled': { en: 'Scheduled a post', fa: 'زمان‌بندی فرسته' },
  'content.post.changed.v1:submitted': { en: 'Submitted a post', fa: 'فرستادن برای تأیید' },
  'content.post.changed.v1:approved': { en: 'Approved a post', fa: 'تأیید فرسته' },
  'content.post.changed.v1:approval_withdrawn': {
    en: 'Took an approval back',
    fa: 'پس گرفتن تأیید',
  },
  'content.post.changed.v1:changes_requested': { en: 'Requested changes', fa: 'درخواست تغییر' },
  'content.post.changed.v1:cancelled': { en: 'Unscheduled a post', fa: 'برداشتن زمان فرسته' },
  'content.post.changed.v1:deleted': { en: 'Deleted a post', fa: 'پاک کردن فرسته' },
  'content.asset.changed.v1': { en: 'Changed a media file', fa: 'تغییر رسانه' },
  'content.asset.changed.v1:added': { en: 'Uploaded a media file', fa: 'بارگذاری رسانه' },
  'content.asset.changed.v1:deleted': { en: 'Deleted a media file', fa: 'پاک کردن رسانه' },
  'content.policy.changed.v1': { en: 'Changed the approval rule', fa: 'تغییر قاعدهٔ تأیید' },
  'publishing.publication.changed.v1': { en: 'Publication', fa: 'انتشار' },
  'publishing.hold.changed.v1': { en: 'Changed a hold', fa: 'تغییر نگه‌داشت' },
  'publishing.hold.changed.v1:placed': { en: 'Stopped publishing', fa: 'نگه داشتن انتشار' },
  'publishing.hold.changed.v1:released': { en: 'Released a hold', fa: 'برداشتن نگه‌داشت' },
  'publishing.hold.changed.v1:ended': { en: 'A hold ended', fa: 'پایان نگه‌داشت' },
  'publishing.policy.changed.v1': { en: 'Changed the lateness rule', fa: 'تغییر قاعدهٔ دیرکرد' },
  'publishing.channel.changed.v1': { en: 'Changed a channel', fa: 'تغییر کانال' },
  'publishing.channel.changed.v1:connected': { en: 'Connected a channel', fa: 'اتصال کانال' },
  'publishing.channel.changed.v1:reconnected': {
    en: 'Connected a channel again',
    fa: 'اتصال دوبارهٔ کانال',
  },
  'publishing.channel.changed.v1:changed': {
    en: 'A network changed a channel',
    fa: 'تغییر کانال از سوی شبکه',
  },
  'publishing.channel.changed.v1:needs_reconnect': {
    en: 'A channel lost its access',
    fa: 'از دست رفتن دسترسی کانال',
  },
  'publishing.channel.changed.v1:removed': { en: 'Removed a channel', fa: 'برداشتن کانال' },
  'listening.conversation.changed.v1': { en: 'Changed a conversation', fa: 'تغییر گفت‌وگو' },
  'listening.conversation.changed.v1:opened': { en: 'A conversation began', fa: 'آغاز گفت‌وگو' },
  'listening.conversation.changed.v1:message_received': {
    en: 'A message came in',
    fa: 'رسیدن پیام',
  },
  'listening.conversation.changed.v1:message_submitted': { en: 'Answered', fa: 'پاسخ دادن' },
  'api-key.created': { en: 'Made an API key', fa: 'ساختن کلید API' },
  'api-key.revoked': { en: 'Revoked an API key', fa: 'از کار انداختن کلید API' },
  'member.added': { en: 'Added a member', fa: 'افزودن عضو' },
  'member.edited': { en: 'Changed a member', fa: 'تغییر عضو' },
  'member.removed': { en: 'Removed a member', fa: 'برداشتن عضو' },
  'workspace.created': { en: 'Made the workspace', fa: 'ساختن فضای کاری' },
  'workspace.edited': { en: 'Changed the workspace', fa: 'تغییر فضای کاری' },
}

/** An event whose action has no name yet is shown by the name of the event. */
export const actionName = (action: string): Bilingual | undefined =>
  actionNames[action as Action] ?? actionNames[action.split(':', 1)[0] as Action]

/** Actors that are not members. */
export const actorNames: Record<string, Bilingual> = {
  system: { en: 'Hamava itself', fa: 'خودِ هم‌آوا' },
  api_key: { en: 'An API key', fa: 'یک کلید API' },
  session: { en: 'A former member', fa: 'عضو پیشین' },
}
