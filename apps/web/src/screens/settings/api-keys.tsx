import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { apiKeys } from '../../api/queries.ts'
import type { Permission } from '../../api/types.ts'
import { useMay, useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { sayProblem } from '../../kit/say-problem.ts'
import { Empty, Loaded } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'

/** The keys with which other programs work here. */
export default function ApiKeys() {
  const { t, show } = useLanguage()
  const may = useMay()
  const queries = useQueryClient()
  const query = useQuery(apiKeys)
  const [isMaking, setMaking] = useState(false)
  const revoke = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) =>
      answerOf(client.DELETE('/v1/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: (_gone, { name }) => toast(t('settings.revoked', { name })),
    onError: sayProblem,
    onSettled: () => queries.invalidateQueries(apiKeys),
  })
  const make = may('api-keys:write') && (
    <Button look="primary" onPress={() => setMaking(true)}>
      <KeyRound aria-hidden className="size-4" />
      {t('settings.newKey')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
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
            <>
              {make}
              <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
                {all.map(({ id, name, prefix, scopes, lastUsedAt }) => (
                  <li key={id} className="flex flex-wrap items-center gap-3 p-3">
                    <span className="min-w-0 grow">
                      <bdi className="block truncate font-medium">{name}</bdi>
                      <span className="block text-sm text-muted">
                        <bdi className="font-mono">{prefix}…</bdi> ·{' '}
                        {lastUsedAt
                          ? t('settings.lastUsed', { when: show.distance(lastUsedAt) })
                          : t('settings.neverUsed')}
                      </span>
                      <bdi className="block font-mono text-xs break-words text-muted">
                        {scopes.join(' ')}
                      </bdi>
                    </span>
                    {may('api-keys:write') && (
                      <Button
                        look="danger"
                        size="small"
                        onPress={() => revoke.mutate({ id, name })}
                      >
                        {t('settings.revoke')}
                        <span className="sr-only">{name}</span>
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {isMaking && <MakeKey onClose={() => setMaking(false)} />}
    </div>
  )
}

function MakeKey({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const mine = useMe()?.permissions ?? []
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Permission[]>([])
  const make = useMutation({
    mutationFn: () =>
      answerOf(
        client.POST('/v1/api-keys', {
          body: { name, scopes, department: null, channelIds: null, expiresAt: null },
        }),
      ),
    onSuccess: () => queries.invalidateQueries(apiKeys),
  })
  if (make.data) return <Secret secret={make.data.secret} onClose={onClose} />
  return (
    <Dialog title={t('settings.newKey')} isOpen onClose={onClose}>
      <Form
        error={make.error}
        onSubmit={() => make.mutate()}
        actions={
          <DialogActions onCancel={onClose}>
            <Button
              type="submit"
              look="primary"
              isDisabled={scopes.length === 0}
              isPending={make.isPending}
            >
              {t('settings.newKey')}
            </Button>
          </DialogActions>
        }
      >
        <Field
          name="name"
          label={t('settings.keyName')}
          isRequired
          value={name}
          onChange={setName}
        />
        <fieldset>
          <legend className="text-sm font-medium">{t('settings.scopes')}</legend>
          <div dir="ltr" className="grid max-h-60 overflow-auto sm:grid-cols-2">
            {mine.map((scope) => (
              <Checkbox
                key={scope}
                isSelected={scopes.includes(scope)}
                onChange={(isOn) =>
                  setScopes(isOn ? [...scopes, scope] : scopes.filter((one) => one !== scope))
                }
              >
                <span className="font-mono text-sm">{scope}</span>
              </Checkbox>
            ))}
          </div>
        </fieldset>
      </Form>
    </Dialog>
  )
}

/** Shown this once. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <Dialog title={t('settings.secret')} isOpen onClose={onClose}>
      <p className="text-muted">{t('settings.secretText')}</p>
      <code
        dir="ltr"
        className="rounded-control bg-sunken p-3 font-mono text-sm break-all select-all"
      >
        {secret}
      </code>
      <div className="flex justify-end gap-2">
        <Button
          look="primary"
          onPress={async () => {
            await navigator.clipboard.writeText(secret)
            toast(t('app.copied'))
          }}
        >
          <Copy aria-hidden className="size-4" />
          {t('app.copy')}
        </Button>
        <Button onPress={onClose}>{t('app.close')}</Button>
      </div>
    </Dialog>
  )
}
