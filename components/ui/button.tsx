import type { ButtonHTMLAttributes, Ref } from 'react';
import { Icon, type IconName } from './icon';

const LOOK = {
  plain: 'border-line-strong bg-bg text-ink hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
  primary: 'border-ink bg-ink text-bg hover:opacity-90',
  danger: 'border-line-strong bg-bg text-error hover:bg-error-soft',
  dangerPrimary: 'border-error bg-error text-bg hover:opacity-90',
  on: 'border-transparent bg-accent-soft text-accent',
};

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof LOOK;
  icon?: IconName;
  ref?: Ref<HTMLButtonElement>;
};

/** The classes of a button, for links that look like one. */
export const buttonClass = (look: keyof typeof LOOK = 'plain'): string =>
  `inline-flex h-(--ctl) shrink-0 items-center justify-center gap-1.5 rounded-2 border px-2.5 font-medium whitespace-nowrap select-none disabled:opacity-50 aria-disabled:opacity-50 ${LOOK[look]}`;

export function Button({ look = 'plain', icon, className = '', children, type = 'button', ...rest }: Props) {
  return (
    <button {...rest} type={type} className={`${buttonClass(look)} ${className}`}>
      {icon && <Icon name={icon} className={look === 'plain' ? '-ml-0.5 text-ink-3' : '-ml-0.5'} />}
      {children}
    </button>
  );
}

type IconProps = Omit<Props, 'icon'> & { icon: IconName; label: string; iconSize?: 14 | 16 };

/** A button that is only an icon: the label is its name and its tooltip. */
export function IconButton({
  icon,
  label,
  look = 'quiet',
  className = '',
  iconSize = 16,
  type = 'button',
  ...rest
}: IconProps) {
  return (
    <button
      title={label}
      {...rest}
      type={type}
      aria-label={label}
      className={`inline-flex size-(--ctl) shrink-0 items-center justify-center rounded-2 border disabled:opacity-50 ${LOOK[look]} ${className}`}
    >
      <Icon name={icon} size={iconSize} />
    </button>
  );
}
