import { Link } from '@tanstack/react-router'
import type { Channel } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { Checkbox } from '../../../kit/choice.tsx'
import { NetworkMark } from '../../../kit/network-mark.tsx'
import { StateBadge } from '../../../kit/state-badge.tsx'
import { useLanguage } from '../../../language/use-language.tsx'

interface ChannelChoiceProps {
  channels: readonly Channel[]
  chosen: readonly string[]
  onChange: (ids: string[]) => void
}

/** Where the post goes. */
export function ChannelChoice({ channels, chosen, onChange }: ChannelChoiceProps) {
  const { t } = useLanguage()
  if (channels.length === 0) {
    return (
      <p className="text-muted">
        <Link to="/channels/connect">{t('compose.noChannels')}</Link>
      </p>
    )
  }
  const toggle = (id: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <fieldset className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <legend className="text-sm font-medium">{t('compose.channels')}</legend>
        {channels.length > 2 && (
          <span className="flex gap-1">
            <Button
              look="quiet"
              size="small"
              onPress={() => onChange(channels.map(({ id }) => id))}
            >
              {t('compose.all')}
            </Button>
            <Button look="quiet" size="small" onPress={() => onChange([])}>
              {t('compose.none')}
            </Button>
          </span>
        )}
      </div>
      {chosen.some((id) => channels.every((one) => one.id !== id)) && (
        <p className="text-sm text-warn">{t('compose.channelGone')}</p>
      )}
      <div className="grid max-h-64 gap-x-4 overflow-auto sm:grid-cols-2">
        {channels.map(({ id, network, name, handle, health }) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isOn) => toggle(id, isOn)}
            aria-label={`${name} ${handle}`}
          >
            <NetworkMark network={network} />
            <bdi className="min-w-0 truncate">{name}</bdi>
            {health === 'reconnect' && <StateBadge state="reconnect" isSmall />}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
