import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'

const looks = {
  primary: 'bg-accent text-on-accent data-hovered:bg-accent-hover',
  plain: 'bg-surface text-ink border border-line data-hovered:bg-sunken',
  quiet: 'bg-transparent text-ink data-hovered:bg-sunken',
  danger: 'bg-bad-soft text-bad border border-bad/30 data-hovered:border-bad',
}

export interface ButtonProps extends AriaButtonProps {
  look?: keyof typeof looks
  size?: 'normal' | 'small' | 'icon'
}

const sizes = {
  normal: 'min-h-9 px-4 pointer-coarse:min-h-11',
  small: 'min-h-8 px-3 text-sm pointer-coarse:min-h-11',
  icon: 'size-9 justify-center pointer-coarse:size-11',
}

/** The look of everything that is pressed, for links that lead somewhere too. */
export const buttonClass = (
  look: keyof typeof looks = 'plain',
  size: keyof typeof sizes = 'normal',
): string =>
  `inline-flex shrink-0 items-center gap-2 rounded-control font-medium whitespace-nowrap no-underline
   transition-colors select-none data-disabled:cursor-not-allowed data-disabled:opacity-50
   ${looks[look]} ${sizes[size]}`

export function Button({ look, size, ...props }: ButtonProps) {
  return <AriaButton {...props} className={buttonClass(look, size)} />
}
