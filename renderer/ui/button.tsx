import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

type Props = ComponentProps<'button'> & {
  /** One primary action a screen; quiet ones carry no border. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small' | 'normal' | 'large';
  /** A square button with an icon; needs `aria-label`. */
  readonly isIcon?: boolean;
};

export function Button({ look = 'plain', size = 'normal', isIcon = false, className, type = 'button', title, ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      title={title ?? (isIcon ? rest['aria-label'] : undefined)}
      className={classNames(styles.button, styles[look], styles[size], isIcon && styles.icon, className)}
    />
  );
}
