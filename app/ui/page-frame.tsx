import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** `current`: "page" where the reader is on it, "true" where they are somewhere inside it. */
export type NavItem = { href: string; text: ReactNode; current?: "page" | "true" };
export type LanguageItem = { href: string; text: string; lang: string; current?: boolean };

export type PageFrameProps = {
  /** The neighbourhood's name, linked to `home`. */
  name: ReactNode;
  home: string;
  /** Words for "Skip to the page". */
  skip: string;
  nav: { label: string; items: NavItem[] };
  /** Each language by its own name; never flags. */
  languages: { label: string; items: LanguageItem[] };
  /** One line over everything: offline, demo, paused. */
  banner?: ReactNode;
  /** The strip that ends every page in the same place. */
  help: ReactNode;
  /** More links after the help strip. */
  footer?: { label: string; items: NavItem[] };
  /** Dense pages with tables; needs desk.css. */
  desk?: boolean;
  wide?: boolean;
  children: ReactNode;
};

export function SkipLink({ children }: { children: ReactNode }) {
  return (
    <div className="vh">
      <a className="skip" href="#main">
        {children}
      </a>
    </div>
  );
}

function Nav({ label, items, main }: { label: string; items: NavItem[]; main?: boolean }) {
  if (items.length === 0) return null;
  return (
    <nav className={classNames("links", main && "main-nav")} aria-label={label}>
      {items.map((item) => (
        <a key={item.href} href={item.href} aria-current={item.current}>
          {item.text}
        </a>
      ))}
    </nav>
  );
}

function Languages({ label, items }: PageFrameProps["languages"]) {
  return (
    <nav className="links" aria-label={label}>
      {items.map((item) => (
        <a
          key={item.lang}
          href={item.href}
          lang={item.lang}
          hrefLang={item.lang}
          aria-current={item.current ? "true" : undefined}
        >
          {item.text}
        </a>
      ))}
    </nav>
  );
}

/** The frame of every page: who we are, where to go, in which language; and at the end, always the same help. */
export function PageFrame(props: PageFrameProps) {
  return (
    <div className={classNames("page", props.desk && "desk")}>
      <SkipLink>{props.skip}</SkipLink>
      <header>
        {props.banner && <div className="bar-top">{props.banner}</div>}
        <div className="top">
          <a className="name" href={props.home}>
            <Icon name="hands" />
            <span>{props.name}</span>
          </a>
          <Nav {...props.nav} main />
          <Languages {...props.languages} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={props.wide ? "wide" : undefined}>
        {props.children}
      </main>
      <footer>
        <div className="help">{props.help}</div>
        {props.footer && (
          <div className="foot">
            <Nav {...props.footer} />
          </div>
        )}
      </footer>
    </div>
  );
}
