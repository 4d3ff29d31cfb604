import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes } from 'react'

/**
 * A link to a screen where there are hundreds of them: each of the router's own watches the address for itself,
 * which a month of cards can be felt to do.
 */
export function LightLink({
  href,
  children,
  ...props
}: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const { history } = useRouter()
  return (
    <a
      {...props}
      href={href}
      onClick={(event) => {
        // To open it elsewhere is the browser's affair.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        history.push(href)
      }}
    >
      {children}
    </a>
  )
}
