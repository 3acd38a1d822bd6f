import type { EmailTexts } from "../email-texts.ts";

/** The mail in Portuguese. */
export const portugueseTexts: EmailTexts = {
  subject: {
    named: "Como foi o nosso atendimento em “{{ticket_subject}}”?",
    nameless: "Como foi o nosso atendimento?",
  },
  greeting: { named: "Olá, {{customer_name}}!", nameless: "Olá!" },
  resolved: {
    named: "O seu pedido “{{ticket_subject}}” está resolvido.",
    nameless: "O seu pedido está resolvido.",
  },
  question: "Qual é a sua satisfação com a ajuda de {{operator_name}}?",
  preheader: "Escolha um número de 1 a 5. Leva só um momento.",
  ratingNames: {
    1: "Muito insatisfeito",
    2: "Insatisfeito",
    3: "Neutro",
    4: "Satisfeito",
    5: "Muito satisfeito",
  },
  buttonLabel: "Avaliar com {rating} de 5",
  confirmHint: "O número abre uma página onde o confirma.",
  about: {
    named: "Este e-mail é sobre o seu pedido “{{ticket_subject}}”.",
    nameless: "Este e-mail é sobre o seu pedido.",
  },
  reason: {
    named: "Recebe-o porque {{workspace_name}} resolveu esse pedido e pede a sua opinião uma única vez.",
    nameless:
      "Recebe-o porque a nossa equipa de suporte resolveu esse pedido e pede a sua opinião uma única vez.",
  },
  optOut: "Deixar de receber estas pesquisas",
  sentenceGap: " ",
  fallbacks: {
    customer_name: "cliente",
    ticket_subject: "o seu pedido",
    workspace_name: "Suporte",
    operator_name: "nossa equipa",
  },
};
