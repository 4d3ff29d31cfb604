import { checkChosenFormat } from './check-chosen-format.ts'
import { checkFormat } from './check-format.ts'
import { checkMedia } from './check-media.ts'
import { checkShape } from './check-shape.ts'
import { checkText } from './check-text.ts'
import type { DraftTarget, PostDraft } from './draft.ts'
import type { ChannelFinding } from './finding.ts'
import { networkRules } from './manifests.ts'
import { placedContent } from './placed-content.ts'
import type { Remark } from './remark.ts'
import { inBoth } from './sentences.ts'
import { withLimits } from './with-limits.ts'

/** Checks, before anything is sent, a post against the rules of each channel's network. */
export function validatePost(post: PostDraft): ChannelFinding[] {
  return post.targets.flatMap((target, index) => {
    const { channelId, network } = target
    return [...remarksOn(post, target, index)].map((remark) => ({ ...remark, channelId, network }))
  })
}

function* remarksOn(post: PostDraft, target: DraftTarget, index: number): Generator<Remark> {
  const known = networkRules(target.network)
  if (!known) {
    yield unknownNetwork(target.network, index)
    return
  }
  const { limits = {} } = target
  const rules = { ...known, manifest: withLimits(known.manifest, limits) }
  const placed = placedContent(post, index)
  yield* checkShape(placed, rules)
  yield* checkChosenFormat(placed, rules.manifest)
  for (const message of placed.messages) {
    yield* checkText(message, rules.manifest, placed.content.settings)
    if (limits.readsMarkdown) yield* checkFormat(message, rules.manifest)
    yield* checkMedia(message, rules.manifest)
  }
}

const unknownNetwork = (network: string, index: number): Remark => ({
  level: 'blocks',
  code: 'unknown_network',
  pointer: `/targets/${index}`,
  message: inBoth(
    () => `There is no network called ${network} here. Remove this channel from the post.`,
    () => `شبکه‌ای با نام ${network} در اینجا نیست؛ این کانال را از فرسته بردارید.`,
  ),
})
