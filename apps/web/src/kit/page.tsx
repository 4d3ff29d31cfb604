import type { ReactNode } from 'react'
import { useTitle } from './use-title.ts'

interface PageProps {
  title: string
  actions?: ReactNode
  /** Beneath the title: filters and the like. */
  toolbar?: ReactNode
  isWide?: boolean
  children: ReactNode
}

/** A screen: its title, what can be done, and its content. */
export function Page({ title, actions, toolbar, isWide = false, children }: PageProps) {
  useTitle(title)
  return (
    <div
      className={`mx-auto flex w-full flex-col gap-4 p-4 pb-24 sm:p-6 ${isWide ? 'max-w-[100rem]' : 'max-w-5xl'}`}
    >
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl">{title}</h1>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {toolbar}
      {children}
    </div>
  )
}

export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return (
    <div className={`rounded-card border border-line bg-surface p-4 ${className}`}>{children}</div>
  )
}
