import { CircleAlert, Inbox, Lock, RefreshCw, SearchX, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { isStatus, Unreachable } from '../api/problem.ts'
import { useLanguage } from '../language/use-language.tsx'
import { Button } from './button.tsx'
import { wordsOf } from './say-problem.ts'
import { useOnline } from './use-online.ts'

interface PlaceholderProps {
  icon: ReactNode
  title: string
  text?: string | undefined
  action?: ReactNode
}

function Placeholder({ icon, title, text, action }: PlaceholderProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center">
      <span className="mb-2 flex size-14 items-center justify-center rounded-full bg-sunken text-muted">
        {icon}
      </span>
      <h2 className="text-lg">{title}</h2>
      {text && <p className="text-muted">{text}</p>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

/** Nothing here yet: what it would be, and the one thing to do about it. */
export function Empty({
  title,
  text,
  action,
  icon = <Inbox aria-hidden className="size-7" />,
}: Partial<PlaceholderProps> & { title: string }) {
  return <Placeholder icon={icon} title={title} text={text} action={action} />
}

/** Not for the role that one has, and who can change that. */
export function Forbidden() {
  const { t } = useLanguage()
  return (
    <Placeholder
      icon={<Lock aria-hidden className="size-7" />}
      title={t('app.forbidden')}
      text={t('app.forbiddenFix')}
    />
  )
}

/** For nobody: no permission is declared for the screen. */
export function Undeclared() {
  const { t } = useLanguage()
  return (
    <Placeholder
      icon={<Lock aria-hidden className="size-7" />}
      title={t('app.undeclared')}
      text={t('app.undeclaredFix')}
    />
  )
}

/** What could not be read, why, and how to go on. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useLanguage()
  if (isStatus(error, 403)) return <Forbidden />
  if (isStatus(error, 404)) {
    const icon = <SearchX aria-hidden className="size-7" />
    return <Placeholder icon={icon} title={t('app.notFound')} text={t('app.notFoundFix')} />
  }
  const Icon = error instanceof Unreachable ? WifiOff : CircleAlert
  return (
    <div role="alert">
      <Placeholder
        icon={<Icon aria-hidden className="size-7" />}
        title={t('app.failed')}
        text={wordsOf(error)}
        action={
          <Button onPress={onRetry}>
            <RefreshCw aria-hidden className="size-4" />
            {t('app.retry')}
          </Button>
        }
      />
    </div>
  )
}

/** Not read before the connection was lost; it comes by itself. */
function Offline() {
  const { t } = useLanguage()
  return (
    <Placeholder
      icon={<WifiOff aria-hidden className="size-7" />}
      title={t('app.failed')}
      text={t('app.offlineEmpty')}
    />
  )
}

/** The shape of what is to come. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const { t } = useLanguage()
  return (
    <div role="status" className="flex flex-col gap-3 py-2">
      <span className="sr-only">{t('app.loading')}</span>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of nothing have no name
        <div key={at} className="h-16 animate-pulse rounded-card bg-sunken" />
      ))}
    </div>
  )
}

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown }
  rows?: number
  /** What is around the message while there is no data. */
  frame?: (inside: ReactNode) => ReactNode
  children: (data: T) => ReactNode
}

/** The data, the error, or a skeleton while loading. Data that was read once stays in view. */
export function Loaded<T>({ query, rows, frame = (inside) => inside, children }: LoadedProps<T>) {
  const isOnline = useOnline()
  if (query.data !== undefined) return children(query.data)
  // Queries pause without a connection, and resume with it.
  if (!isOnline) return frame(<Offline />)
  if (query.error) return frame(<Failed error={query.error} onRetry={() => void query.refetch()} />)
  return frame(<Skeleton {...(rows && { rows })} />)
}
