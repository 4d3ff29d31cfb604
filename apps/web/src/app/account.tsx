import { useNavigate } from '@tanstack/react-router'
import { LogOut, Radio, Settings, UserRound } from 'lucide-react'
import { Menu } from '../kit/menu.tsx'
import { sayProblem } from '../kit/say-problem.ts'
import { useLanguage } from '../language/use-language.tsx'
import { useMe, useSession } from './session.ts'

const icon = 'size-5 shrink-0'

/** Who one is, and the way out. */
export default function Account() {
  const { t } = useLanguage()
  const navigate = useNavigate()
  const { logout } = useSession()
  const name = useMe()?.member?.name ?? t('nav.account')
  return (
    <Menu
      label={`${t('nav.account')}: ${name}`}
      items={[
        {
          id: 'channels',
          label: t('nav.channels'),
          icon: <Radio aria-hidden className={icon} />,
          onAction: () => void navigate({ to: '/channels' }),
        },
        {
          id: 'settings',
          label: t('nav.settings'),
          icon: <Settings aria-hidden className={icon} />,
          onAction: () => void navigate({ to: '/settings' }),
        },
        {
          id: 'logout',
          label: t('nav.logout'),
          icon: <LogOut aria-hidden className={icon} />,
          onAction: () =>
            void logout().then(() => navigate({ to: '/login', search: {} }), sayProblem),
        },
      ]}
    >
      <UserRound aria-hidden className={icon} />
      <span aria-hidden className="hidden truncate lg:inline">
        {name}
      </span>
    </Menu>
  )
}
