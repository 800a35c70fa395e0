import { useText } from "#app/i18n/use-text.ts";
import { DescriptionList, type Fact, UserText } from "#app/ui/index.ts";

/** How to reach the other side. Only for eyes that are entitled; the look was recorded when it was read. */
export function ContactFacts(props: {
  name: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  privateNote: string | null;
  /** They can be reached, but only through us until both sides share. */
  hidden?: boolean;
  /** Words to start a text message with. */
  message: string;
}) {
  const t = useText();
  const { name, phone, email, address, privateNote, hidden, message } = props;
  const facts: (Fact | null)[] = [
    name ? { term: t("claims.contact.name"), value: <bdi>{name}</bdi> } : null,
    phone
      ? {
          term: t("claims.contact.phone"),
          value: (
            <>
              <bdi dir="ltr">{phone}</bdi>
              <span className="row">
                <a href={`sms:${phone}?&body=${encodeURIComponent(message)}`}>{t("claims.contact.text")}</a>
                <a href={`tel:${phone}`}>{t("claims.contact.call")}</a>
              </span>
            </>
          ),
        }
      : null,
    hidden ? { term: t("claims.contact.phone"), value: t("claims.contact.hidden") } : null,
    email
      ? {
          term: t("claims.contact.email"),
          value: (
            <a href={`mailto:${encodeURIComponent(email)}`} dir="ltr">
              {email}
            </a>
          ),
        }
      : null,
    address ? { term: t("claims.contact.address"), value: <bdi>{address}</bdi> } : null,
    privateNote ? { term: t("claims.contact.note"), value: <UserText>{privateNote}</UserText> } : null,
  ];
  const known = facts.filter((fact) => fact !== null);
  return known.length > 0 ? <DescriptionList items={known} /> : <p>{t("claims.contact.nothing")}</p>;
}
