/** What a page and a refusal say while the portal has no mail server. */
export const noMailServer =
  "E-mail is not offered: the portal has no mail server. Its operator can set SMTP_URL.";
