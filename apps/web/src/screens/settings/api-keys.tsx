import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { apiKeys } from '../../api/queries.ts'
import type { ApiKey } from '../../api/types.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { Empty, Loaded } from '../../kit/states.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { MakeKey } from './make-key.tsx'
import { permissionNames } from './permission-names.ts'

/** The keys with which other programs work here. */
export default function ApiKeys() {
  const { t } = useLanguage()
  const may = useMay()
  const query = useQuery(apiKeys)
  const [isMaking, setMaking] = useState(false)
  const make = may('api-keys:write') && (
    <Button look="primary" onPress={() => setMaking(true)}>
      <KeyRound aria-hidden className="size-4" />
      {t('settings.newKey')}
    </Button>
  )
  return (
    <div className="flex flex-col items-start gap-4 *:w-full">
      <Loaded query={query}>
        {(all) =>
          all.length === 0 ? (
            <Empty
              icon={<KeyRound aria-hidden className="size-7" />}
              title={t('settings.noKeys')}
              text={t('settings.noKeysText')}
              action={make}
            />
          ) : (
            <div className="flex flex-col items-start gap-4">
              {make}
              <ul className="flex w-full flex-col divide-y divide-line rounded-card border border-line bg-surface">
                {all.map((key) => (
                  <Key key={key.id} apiKey={key} />
                ))}
              </ul>
            </div>
          )
        }
      </Loaded>
      {isMaking && <MakeKey onClose={() => setMaking(false)} />}
    </div>
  )
}

function Key({ apiKey }: { apiKey: ApiKey }) {
  const { t, show } = useLanguage()
  const may = useMay()
  const [isRevoking, setRevoking] = useState(false)
  const { name, department, prefix, scopes, channelIds, expiresAt, lastUsedAt } = apiKey
  const facts = [
    department,
    lastUsedAt
      ? t('settings.lastUsed', { when: show.distance(lastUsedAt) })
      : t('settings.neverUsed'),
    expiresAt && t('settings.expires', { when: show.date(expiresAt, { weekday: false }) }),
    channelIds && t('settings.someChannels', { number: show.number(channelIds.length) }),
  ].filter((fact): fact is string => Boolean(fact))
  return (
    <li className="flex flex-wrap items-center gap-3 p-3">
      <span className="min-w-0 grow basis-60">
        <bdi className="block truncate text-match-parent font-medium">{name}</bdi>
        <span className="block text-sm text-muted">
          <bdi className="font-mono">{prefix}…</bdi>
          {facts.map((fact) => (
            <span key={fact}>
              {' '}
              · <bdi>{fact}</bdi>
            </span>
          ))}
        </span>
        <span className="block text-xs text-muted">
          {show.list(scopes.map((scope) => show.said(permissionNames[scope])))}
        </span>
      </span>
      {may('api-keys:write') && (
        <Button look="danger" size="small" onPress={() => setRevoking(true)}>
          {t('settings.revoke')}
          <span className="sr-only">{name}</span>
        </Button>
      )}
      {isRevoking && <Revoke apiKey={apiKey} onClose={() => setRevoking(false)} />}
    </li>
  )
}

function Revoke({ apiKey: { id, name }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useLanguage()
  const revoke = useOptimisticMutation({
    queryKey: apiKeys.queryKey,
    isSaidHere: true,
    carryOut: () => answerOf(client.DELETE('/v1/api-keys/{id}', { params: { path: { id } } })),
    said: () => ({ text: t('settings.revoked', { name }) }),
  })
  return (
    <Confirm
      title={t('settings.revokeTitle', { name })}
      verb={t('settings.revoke')}
      action={revoke}
      onConfirm={() => revoke.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('settings.revokeText')}
    </Confirm>
  )
}
