import { useNavigate } from '@tanstack/react-router'
import {
  Contrast,
  Keyboard,
  Languages,
  LogOut,
  type LucideIcon,
  OctagonPause,
  Radio,
  Repeat,
} from 'lucide-react'
import { sayProblem } from '../kit/say-problem.ts'
import { prefer, usualFor } from '../language/preferences.ts'
import { useLanguage } from '../language/use-language.tsx'
import { useMay, useMe, useSession } from './session.ts'

/** Something that can be done from anywhere. */
export interface Action {
  id: string
  label: string
  icon: LucideIcon
  /** By what else people look for it, in either language. */
  synonyms: string
  act: () => void
}

/** Everything that can be done from anywhere, by this member. */
export function useActions(openKeys: () => void): Action[] {
  const { t, wanted } = useLanguage()
  const navigate = useNavigate()
  const may = useMay()
  const mine = useMe()
  const { switchTo, logout } = useSession()
  const otherLanguage = wanted.language === 'fa' ? 'en' : 'fa'
  const isDark = document.documentElement.dataset.theme
    ? wanted.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches
  const actions: (Action | false)[] = [
    may('holds:write') && {
      id: 'stop',
      label: t('attention.kill'),
      icon: OctagonPause,
      synonyms: 'stop publishing kill switch hold pause emergency توقف ایست نگه‌داشت قطع اضطراری',
      act: () => void navigate({ to: '/attention', search: { stop: true } }),
    },
    may('channels:write') && {
      id: 'connect',
      label: t('channels.connect'),
      icon: Radio,
      synonyms: 'connect channel add account network page اتصال کانال افزودن حساب شبکه صفحه',
      act: () => void navigate({ to: '/channels/connect', search: {} }),
    },
    {
      id: 'language',
      label: t(`commands.language.${otherLanguage}`),
      icon: Languages,
      synonyms: 'language english persian farsi زبان انگلیسی فارسی',
      act: () => prefer(usualFor(otherLanguage)),
    },
    {
      id: 'theme',
      label: t(isDark ? 'commands.light' : 'commands.dark'),
      icon: Contrast,
      synonyms: 'theme dark light night appearance نما پوسته تیره روشن شب',
      act: () => prefer({ theme: isDark ? 'light' : 'dark' }),
    },
    {
      id: 'keys',
      label: t('keys.title'),
      icon: Keyboard,
      synonyms: 'keyboard shortcuts help کلیدها میان‌بر راهنما',
      act: openKeys,
    },
    ...(mine?.workspaces ?? [])
      .filter(({ id }) => id !== mine?.workspace.id)
      .map(({ id, name }) => ({
        id,
        label: t('commands.workspace', { name }),
        icon: Repeat,
        synonyms: 'switch workspace brand فضای کاری برند عوض کردن',
        act: () => void switchTo(id).catch(sayProblem),
      })),
    {
      id: 'logout',
      label: t('nav.logout'),
      icon: LogOut,
      synonyms: 'log out sign out exit خروج بیرون رفتن',
      act: () => void logout().then(() => navigate({ to: '/login', search: {} }), sayProblem),
    },
  ]
  return actions.filter((action) => action !== false)
}
