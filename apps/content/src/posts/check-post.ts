import type { CallContext, Channel, FieldError, Post, StoredAsset } from '@hamava/contracts'
import { type ChannelFinding, type PostDraft, validatePost } from '@hamava/networks/rules'
import { AppError } from '@hamava/service-kit'

type Said = Pick<Post, 'text' | 'assets' | 'parts' | 'firstComment' | 'targets'>
type Use = Post['assets'][number]

/** Every channel of the post must be there, and the caller's to use. */
export function checkTargets(call: CallContext, said: Said, channels: Map<string, Channel>): void {
  for (const { channelId } of said.targets) {
    if (call.channelIds && !call.channelIds.includes(channelId)) {
      throw new AppError('channel_forbidden', { channelId })
    }
    if (!channels.has(channelId)) {
      throw new AppError('not_found', { what: 'channel', id: channelId })
    }
  }
}

/** What the networks will make of it; the same validator as the screens use. */
export function findingsOf(
  said: Said,
  channels: Map<string, Channel>,
  assets: Map<string, StoredAsset>,
): ChannelFinding[] {
  const media = (uses: Use[]) =>
    uses.flatMap((use) => {
      const stored = assets.get(use.id)
      return stored ? [{ ...stored, alt: use.alt ?? stored.alt }] : []
    })
  const parts = (list: Said['parts']) =>
    list.map((part) => ({ text: part.text, assets: media(part.assets ?? []) }))
  const draft: PostDraft = {
    text: said.text,
    assets: media(said.assets),
    parts: parts(said.parts),
    ...(said.firstComment && { firstComment: said.firstComment }),
    targets: said.targets.map(({ channelId, variant = {} }) => ({
      channelId,
      network: channels.get(channelId)?.network ?? '',
      variant: {
        ...(variant.text !== undefined && { text: variant.text }),
        ...(variant.assets && { assets: media(variant.assets) }),
        ...(variant.parts && { parts: parts(variant.parts) }),
        // Null says that there is none here; absent, that it is the post's.
        ...(variant.firstComment !== undefined && { firstComment: variant.firstComment ?? '' }),
        ...(variant.settings && { settings: variant.settings }),
      },
    })),
  }
  return validatePost(draft)
}

/** Throws `no_targets`, or `post_not_ready` with everything that blocks publishing. */
export function refuseUnpublishable(said: Said, findings: ChannelFinding[]): void {
  if (said.targets.length === 0) throw new AppError('no_targets')
  const errors: FieldError[] = findings
    .filter((finding) => finding.level === 'blocks')
    .map(({ pointer, code, message }) => ({ pointer, code, message: message.en }))
  if (errors.length > 0) throw new AppError('post_not_ready', {}, { errors })
}
