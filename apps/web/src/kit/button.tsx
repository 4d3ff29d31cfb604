import type { ButtonHTMLAttributes } from 'react'

const variants = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  plain: 'bg-surface text-ink border border-line hover:bg-sunken',
  quiet: 'bg-transparent text-ink hover:bg-sunken',
  danger: 'bg-bad-soft text-bad border border-bad/30 hover:border-bad',
}

export interface ButtonProps
  extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'disabled' | 'onClick'> {
  look?: keyof typeof variants
  size?: 'normal' | 'small' | 'icon'
  isDisabled?: boolean
  /** The action is under way: the button keeps the focus, and a press does nothing. */
  isPending?: boolean
  onPress?: () => void
}

const sizes = {
  normal: 'min-h-9 px-4 pointer-coarse:min-h-11',
  small: 'min-h-8 px-3 text-sm pointer-coarse:min-h-11',
  icon: 'size-9 justify-center pointer-coarse:size-11',
}

/** The look of everything that is pressed, for links that lead somewhere too. */
export const buttonClass = (
  look: keyof typeof variants = 'plain',
  size: keyof typeof sizes = 'normal',
): string =>
  `inline-flex shrink-0 items-center gap-2 rounded-control font-medium whitespace-nowrap no-underline
   transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-70
   aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent
   ${variants[look]} ${sizes[size]}`

/** The browser's own button: the frame of the app needs no more, and is loaded sooner. */
export function Button({
  look,
  size,
  isDisabled,
  isPending,
  onPress,
  type = 'button',
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      type={type}
      disabled={isDisabled}
      aria-disabled={isPending || undefined}
      onClick={(event) => {
        if (isPending) event.preventDefault()
        else onPress?.()
      }}
      className={buttonClass(look, size)}
    />
  )
}
