import type { PreviewProps } from '@hamava/networks/previews'
import { MessageCircle } from 'lucide-react'
import { NetworkMark } from '../../../kit/network-mark.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { Face, Media, PostText } from './pieces.tsx'

/** The look of the sandbox's own page, also for networks without a preview of their own. */
export function PlainPreview({ channel, messages }: PreviewProps) {
  const { t } = useLanguage()
  const comment = messages.find(({ role }) => role === 'first_comment')
  return (
    <div className="flex flex-col gap-2">
      {messages
        .filter((one) => one !== comment)
        .map(({ text, assets, path }, at) => (
          <article
            key={path.text}
            className={`flex flex-col gap-2 rounded-card border border-line bg-surface p-3 ${at > 0 ? 'ms-6' : ''}`}
          >
            <header className="flex items-center gap-2">
              <Face name={channel.name} look="size-9 rounded-full" />
              <span className="min-w-0 grow text-sm leading-tight">
                <bdi className="block truncate text-match-parent font-semibold">{channel.name}</bdi>
                <bdi className="block truncate text-match-parent text-muted">{channel.handle}</bdi>
              </span>
              <NetworkMark network={channel.network} />
            </header>
            <PostText text={text} look="text-[0.95rem] leading-7" />
            <Media assets={assets} look="rounded-control" />
          </article>
        ))}
      {comment && (
        <div className="ms-6 border-s-2 border-line ps-3">
          <p className="flex items-center gap-1 text-xs text-muted">
            <MessageCircle aria-hidden className="size-3.5" />
            {t('compose.firstComment')}
          </p>
          <PostText text={comment.text} look="text-[0.95rem] leading-7" />
        </div>
      )}
    </div>
  )
}
