import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download, ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { channels, publication } from '../../api/queries.ts'
import type { PublicationDetail } from '../../api/types.ts'
import { buttonClass } from '../../kit/button.tsx'
import { useChannelName } from '../../kit/channel-name.ts'
import { NetworkMark, useNetworkName } from '../../kit/network-mark.tsx'
import { Card, Page } from '../../kit/page.tsx'
import { Reasons } from '../../kit/reasons.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { Loaded } from '../../kit/states.tsx'
import { Zone } from '../../kit/zone.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { Remedies } from '../attention/trouble-card.tsx'

const causes = ['failed', 'unconfirmed', 'missed', 'held'] as const

const route = getRouteApi('/inside/publications/$id')

/** The proof of one publication: what happened when, what was asked and what the network said. */
export function PublicationScreen() {
  const { t } = useLanguage()
  const { id } = route.useParams()
  const query = useQuery(publication(id))
  return (
    <Page
      title={t('publication.title')}
      actions={
        <a
          href={`/v1/publications/${id}/evidence`}
          download={`${id}.json`}
          className={buttonClass('plain')}
        >
          <Download aria-hidden className="size-4" />
          {t('publication.evidence')}
        </a>
      }
    >
      <Loaded query={query}>{(found) => <Evidence publication={found} />}</Loaded>
    </Page>
  )
}

function Evidence({ publication: found }: { publication: PublicationDetail }) {
  const { t, show, wanted } = useLanguage()
  const nameOf = useNetworkName()
  const nameOfChannel = useChannelName()
  const channel = useQuery(channels).data?.find(({ id }) => id === found.channelId)
  const {
    network,
    state,
    dueAt,
    nextAttemptAt,
    publishedAt,
    latenessMs,
    permalink,
    reason,
    risks,
  } = found
  const isMissing = reason?.code === 'unknown_to_publishing'
  const cause = isMissing ? 'missing' : causes.find((one) => one === state)
  const former = (found.formerParts ?? []).flatMap(({ permalink: url }) => url ?? [])
  // Only after a try: until then the publication simply waits for its time.
  const waitsUntil = nextAttemptAt && nextAttemptAt > dueAt ? nextAttemptAt : null
  return (
    <>
      <Card className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <NetworkMark network={network} />
          <bdi className="font-semibold">{nameOfChannel(found.channelId)}</bdi>
          <StateBadge state={state} />
          {risks.length > 0 && <StateBadge state="risk" />}
        </div>
        {found.excerpt && (
          <p dir="auto" className="line-clamp-3 text-match-parent">
            {found.excerpt}
          </p>
        )}
        <dl className="grid grid-cols-1 gap-3 sm:grid-cols-3">
          <Fact name={t('publication.due')}>{show.when(dueAt)}</Fact>
          <Fact name={t('publication.published')}>
            {publishedAt ? show.when(publishedAt) : '—'}
          </Fact>
          <Fact name={t('publication.lateness')}>
            {latenessMs === null ? '—' : show.duration(latenessMs)}
          </Fact>
          {waitsUntil && <Fact name={t('publication.next')}>{show.when(waitsUntil)}</Fact>}
        </dl>
        <p className="text-sm text-muted">
          {t('publication.zone')} <Zone id={wanted.zone} />
        </p>
        <Reasons of={[...(reason ? [reason] : []), ...risks]} />
        {cause && <Remedies publication={found} cause={cause} channel={channel} />}
        {permalink && (
          <Live at={permalink}>{t('publication.visit', { network: nameOf(network) })}</Live>
        )}
        {former.map((url) => (
          // A former part stays live until somebody deletes it there.
          <Live key={url} at={url}>
            <bdi dir="ltr" className="break-all">
              {url}
            </bdi>
          </Live>
        ))}
      </Card>
      <Card>
        <ol className="flex flex-col">
          {found.timeline.map(({ at, what, attemptId, outcome }) => (
            <li
              key={`${what} ${at} ${attemptId}`}
              className="relative border-s-2 border-line py-2 ps-5 before:absolute before:-start-[7px] before:top-4
                before:size-3 before:rounded-full before:bg-accent"
            >
              <span className="font-medium">{t(`publication.what.${what}`)}</span>{' '}
              {outcome && <Outcome outcome={outcome} />}
              <time dateTime={at} className="block text-sm text-muted tabular-nums">
                {show.date(at)} · <bdi>{show.exactly(at)}</bdi>
              </time>
            </li>
          ))}
        </ol>
      </Card>
      {found.attempts.length > 0 && (
        <section className="flex flex-col gap-3">
          <h2 className="text-base">{t('publication.attempts')}</h2>
          {found.attempts.map((attempt) => (
            <AttemptCard key={attempt.id} attempt={attempt} />
          ))}
        </section>
      )}
    </>
  )
}

/** A link to a live part; only web addresses are followed. */
function Live({ at, children }: { at: string; children: ReactNode }) {
  const { t } = useLanguage()
  if (!/^https?:/.test(at)) return null
  return (
    <a href={at} target="_blank" rel="noreferrer" className="inline-flex w-fit items-center gap-1">
      {children}
      <ExternalLink aria-hidden className="size-4" />
      <span className="sr-only">{t('app.opensNew')}</span>
    </a>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const outcomes = [
  'published',
  'pending',
  'rate_limited',
  'temporary',
  'rejected',
  'duplicate',
  'reconnect',
  'unknown_outcome',
  'absent',
  'prepared',
] as const

function Outcome({ outcome }: { outcome: string }) {
  const { t } = useLanguage()
  // Only `unclear` is missing here: a post was found, and nothing tells whether it is this one.
  const known = outcomes.find((one) => one === outcome)
  return (
    <span className="text-sm text-muted">
      {known ? t(`publication.outcome.${known}`) : t('state.unconfirmed')}
    </span>
  )
}

function AttemptCard({ attempt }: { attempt: PublicationDetail['attempts'][number] }) {
  const { t, show } = useLanguage()
  const { number, step, outcome, exchanges, reason } = attempt
  return (
    <details className="rounded-card border border-line bg-surface">
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-2 px-4 py-2">
        <strong className="font-medium">
          {t('publication.attempt', { number: show.number(number) })}
        </strong>
        <span className="text-sm text-muted">{t(`publication.step.${step}`)}</span>
        {outcome && <Outcome outcome={outcome} />}
      </summary>
      <div className="flex flex-col gap-3 border-t border-line p-4">
        <Reasons of={reason ? [reason] : []} />
        {exchanges.map(({ at, method, url, status, reply, ms }) => (
          <div
            key={at}
            dir="ltr"
            className="flex flex-col gap-1 overflow-x-auto text-start font-mono text-xs"
          >
            <span>
              {method} {url} → {status ?? t('publication.noReply')} ({ms} ms)
            </span>
            <pre className="rounded-control bg-sunken p-2 whitespace-pre-wrap">{reply}</pre>
          </div>
        ))}
      </div>
    </details>
  )
}
