import type { EmailTexts } from "../email-texts.ts";

/** The mail in Portuguese. */
export const portugueseTexts: EmailTexts = {
  subject: "Como foi o nosso atendimento em “{{ticket_subject}}”?",
  bodyIntro:
    "Olá, {{customer_name}}!\n\n" +
    "O seu pedido “{{ticket_subject}}” está resolvido. Qual é a sua satisfação com a ajuda de {{operator_name}}?",
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
  footer:
    "Este e-mail é sobre o seu pedido “{{ticket_subject}}”. Recebe-o porque {{workspace_name}} resolveu esse pedido e pede a sua opinião uma única vez.",
  fallbacks: {
    customer_name: "cliente",
    ticket_subject: "o seu pedido",
    workspace_name: "Suporte",
    operator_name: "nossa equipa",
  },
};
