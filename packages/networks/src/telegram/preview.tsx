import { Eye } from 'lucide-react'
import type { PreviewProps } from '../preview-props.ts'

/** Bubbles in a chat: the picture fills the upper edge, the words are its caption, the hour stands in the corner. */
export function TelegramPreview({ channel, messages, pieces }: PreviewProps) {
  const { Media, PostText, show } = pieces
  return (
    <div className="flex flex-col gap-1.5 rounded-card bg-info-soft p-3">
      {messages.map(({ text, assets, path }, at) => (
        <article
          key={path.text}
          className={`w-fit max-w-full min-w-40 overflow-hidden rounded-2xl bg-surface shadow-raised
            ${at === messages.length - 1 ? 'rounded-es-sm' : ''}`}
        >
          {assets.length > 0 && <Media assets={assets} />}
          <div className="px-3 pt-1.5 pb-1">
            {assets.length === 0 && (
              <bdi className="block truncate text-match-parent text-sm font-semibold text-accent">
                {channel.name}
              </bdi>
            )}
            <PostText text={text} look="text-[0.95rem] leading-6" />
            <p aria-hidden className="flex items-center justify-end gap-1 text-xs text-muted">
              <Eye className="size-3.5" />
              {show.number(1)}
              <span className="ms-1">{show.time(new Date())}</span>
            </p>
          </div>
        </article>
      ))}
    </div>
  )
}
