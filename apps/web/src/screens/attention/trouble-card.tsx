import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { post } from '../../api/queries.ts'
import type { Channel, Publication } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button, buttonClass } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Card } from '../../kit/page.tsx'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { paramsOf, retry, useAct } from './act.ts'

interface TroubleCardProps {
  publication: Publication
  cause: 'failed' | 'unconfirmed' | 'missed' | 'held' | 'risk'
  channel: Channel | undefined
}

/** One publication that needs a person: what is wrong, and one press to mend it. */
export function TroubleCard({ publication, cause, channel }: TroubleCardProps) {
  const { show } = useLanguage()
  const { network, dueAt, reason, risks, postId } = publication
  const reasons = cause === 'risk' ? risks : reason ? [reason] : []
  return (
    <li>
      <Card className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <NetworkMark network={network} />
          <bdi className="font-semibold">{channel?.name ?? publication.channelId}</bdi>
          <StateBadge state={cause} />
          <time dateTime={dueAt} className="text-muted">
            {show.when(dueAt)}
          </time>
        </div>
        {postId && <Excerpt postId={postId} />}
        {reasons.map(({ code, message, fix }) => (
          <p key={code} className="rounded-control bg-sunken px-3 py-2 text-sm">
            <strong className="font-medium">{show.said(message)}</strong> {show.said(fix)}
          </p>
        ))}
        <Remedies publication={publication} cause={cause} channel={channel} />
      </Card>
    </li>
  )
}

function Excerpt({ postId }: { postId: string }) {
  const { data } = useQuery(post(postId))
  if (!data) return null
  return (
    <p dir="auto" className="line-clamp-2 text-sm text-match-parent">
      {data.text}
    </p>
  )
}

function Remedies({ publication, cause, channel }: TroubleCardProps) {
  const { t } = useLanguage()
  const may = useMay()
  const { id, postId, network } = publication
  const act = useAct(t('attention.retried'))
  const small = buttonClass('plain', 'small')
  const actions: ReactNode[] = []
  if (channel?.health === 'reconnect' && may('channels:write')) {
    actions.push(
      <Link
        key="reconnect"
        to="/channels/connect"
        search={{ network }}
        className={buttonClass('primary', 'small')}
      >
        {t('attention.reconnect')}
      </Link>,
    )
  }
  if (may('publications:write')) {
    if (cause === 'failed' || cause === 'missed') {
      actions.push(
        <Button
          key="retry"
          look="primary"
          size="small"
          isPending={act.isPending}
          onPress={() => act.mutate(() => retry(id))}
        >
          {t('attention.retry')}
        </Button>,
      )
    }
    if (cause === 'unconfirmed') actions.push(<Resolve key="resolve" id={id} />)
  }
  return (
    <div className="flex flex-wrap items-start gap-2">
      {actions}
      {postId && (
        <Link to="/posts/$id" params={{ id: postId }} className={small}>
          {t('attention.open')}
        </Link>
      )}
      <Link to="/publications/$id" params={{ id }} className={small}>
        {t('attention.details')}
      </Link>
    </div>
  )
}

/** A person's word on what nobody could look up. */
function Resolve({ id }: { id: string }) {
  const { t } = useLanguage()
  const [isAsking, setAsking] = useState(false)
  const [permalink, setPermalink] = useState('')
  const act = useAct(t('attention.resolved'), isAsking ? () => undefined : undefined)
  const resolve = (body: { isLive: true; permalink: string } | { isLive: false }) =>
    act.mutate(() =>
      answerOf(client.POST('/v1/publications/{id}/resolve', { params: paramsOf(id), body })),
    )
  if (isAsking) {
    return (
      <Form
        className="flex w-full flex-col items-start gap-2"
        error={act.error}
        onSubmit={() => resolve({ isLive: true, permalink: permalink.trim() })}
        actions={
          <div className="flex gap-2">
            <Button type="submit" look="primary" isPending={act.isPending}>
              {t('app.save')}
            </Button>
            <Button onPress={() => setAsking(false)}>{t('app.cancel')}</Button>
          </div>
        }
      >
        <Field
          name="permalink"
          label={t('attention.livePrompt')}
          type="url"
          dir="ltr"
          isRequired
          autoFocus
          placeholder="https://"
          value={permalink}
          onChange={setPermalink}
        />
      </Form>
    )
  }
  return (
    <>
      <Button look="primary" size="small" onPress={() => setAsking(true)}>
        {t('attention.live')}
      </Button>
      <Button size="small" isPending={act.isPending} onPress={() => resolve({ isLive: false })}>
        {t('attention.notLive')}
      </Button>
    </>
  )
}
