import { lexer, type Token } from 'marked'
import type { ReactNode } from 'react'
import { Marked } from './pieces.tsx'

interface AsMarkdownProps {
  text: string
  look?: string
}

/** A text as a server that reads Markdown shows it; made of elements, so that nothing in it is ever HTML. */
export function AsMarkdown({ text, look = '' }: AsMarkdownProps) {
  return (
    <div className={`flex flex-col gap-2 break-words ${look}`}>
      {shown(lexer(text, { gfm: true, breaks: true }))}
    </div>
  )
}

const shown = (tokens: readonly Token[] = []): ReactNode[] =>
  // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no other name
  tokens.map((token, at) => <Shown key={at} token={token} />)

function Shown({ token }: { token: Token }): ReactNode {
  const inner = 'tokens' in token && token.tokens ? shown(token.tokens) : null
  switch (token.type) {
    case 'paragraph':
      return <p dir="auto">{inner}</p>
    case 'heading':
      return (
        <p dir="auto" className="font-bold">
          {inner}
        </p>
      )
    case 'list': {
      const List = token.ordered ? 'ol' : 'ul'
      return (
        <List dir="auto" className={`ps-6 ${token.ordered ? 'list-decimal' : 'list-disc'}`}>
          {token.items.map((item: Token, at: number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nor have items
            <li key={at}>{'tokens' in item && shown(item.tokens)}</li>
          ))}
        </List>
      )
    }
    case 'blockquote':
      return (
        <blockquote dir="auto" className="border-s-2 border-line-strong ps-3">
          {inner}
        </blockquote>
      )
    case 'code':
    case 'codespan':
      return <code className="font-mono">{token.text}</code>
    case 'strong':
      return <strong>{inner}</strong>
    case 'em':
      return <em>{inner}</em>
    case 'del':
      return <del>{inner}</del>
    case 'link':
      return <span className="text-info underline">{inner}</span>
    case 'image':
      return <span className="text-muted">{token.text}</span>
    case 'br':
      return <br />
    case 'hr':
      return <hr className="border-line" />
    case 'space':
      return null
    default:
      return inner ?? <Marked line={'text' in token ? String(token.text) : token.raw} />
  }
}
