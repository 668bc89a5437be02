
#include "ngx_consent_placeholder.h"


/*
 * Titles are the table's, in its language.  Without quotes: a template may have
 * the words in an attribute.
 */
#define NGX_CONSENT_TITLES                                                    \
    "<!--# if categories_lang --><span lang=$categories_lang>$categories"     \
    "</span><!--# else -->$categories<!--# endif -->"

/*
 * The words, in HTML: ASCII, since a page may be in any encoding.  Their order
 * is that of ngx_consent_text_e; the first language is the last resort.
 */

static const ngx_consent_language_t  ngx_consent_languages[] = {

    { ngx_string("en"),
      { ngx_string("Content from $provider"),
        ngx_string("This content comes from $provider. It is shown once "
                   "you accept: " NGX_CONSENT_TITLES "."),
        ngx_string("This site does not show content from $provider."),
        ngx_string("Accept and show"),
        ngx_string("Privacy policy of $provider"),
        ngx_string("Privacy settings") } },

    { ngx_string("fr"),
      { ngx_string("Contenu externe&nbsp;: $provider"),
        ngx_string("Ce contenu est fourni par $provider. Il "
                   "s&rsquo;affiche si vous acceptez&nbsp;: "
                   NGX_CONSENT_TITLES "."),
        ngx_string("Ce site n&rsquo;affiche pas le contenu fourni par "
                   "$provider."),
        ngx_string("Accepter et afficher"),
        ngx_string("Politique de confidentialit&eacute;&nbsp;: $provider"),
        ngx_string("Param&egrave;tres de confidentialit&eacute;") } },

    { ngx_string("de"),
      { ngx_string("Inhalt von $provider"),
        ngx_string("Dieser Inhalt stammt von $provider. Er wird "
                   "angezeigt, sobald Sie zustimmen: " NGX_CONSENT_TITLES "."),
        ngx_string("Diese Website zeigt keine Inhalte von $provider an."),
        ngx_string("Zustimmen und anzeigen"),
        ngx_string("Datenschutzerkl&auml;rung von $provider"),
        ngx_string("Datenschutzeinstellungen") } },

    { ngx_string("es"),
      { ngx_string("Contenido de $provider"),
        ngx_string("Este contenido procede de $provider. Se muestra si "
                   "acepta: " NGX_CONSENT_TITLES "."),
        ngx_string("Este sitio no muestra contenido de $provider."),
        ngx_string("Aceptar y mostrar"),
        ngx_string("Pol&iacute;tica de privacidad de $provider"),
        ngx_string("Configuraci&oacute;n de privacidad") } },

    { ngx_string("it"),
      { ngx_string("Contenuto di $provider"),
        ngx_string("Questo contenuto &egrave; fornito da $provider. "
                   "Viene mostrato se si accetta: " NGX_CONSENT_TITLES "."),
        ngx_string("Questo sito non mostra contenuti di $provider."),
        ngx_string("Accetta e mostra"),
        ngx_string("Informativa sulla privacy di $provider"),
        ngx_string("Impostazioni sulla privacy") } },

    { ngx_string("nl"),
      { ngx_string("Inhoud van $provider"),
        ngx_string("Deze inhoud komt van $provider en wordt getoond "
                   "zodra u akkoord gaat met: " NGX_CONSENT_TITLES "."),
        ngx_string("Deze site toont geen inhoud van $provider."),
        ngx_string("Akkoord en tonen"),
        ngx_string("Privacybeleid van $provider"),
        ngx_string("Privacy-instellingen") } },

    { ngx_string("pl"),
      { ngx_string("Tre&#347;ci zewn&#281;trzne: $provider"),
        ngx_string("Dostawc&#261; tych tre&#347;ci jest $provider. "
                   "Zostan&#261; wy&#347;wietlone po zaakceptowaniu: "
                   NGX_CONSENT_TITLES "."),
        ngx_string("Ta strona nie wy&#347;wietla tre&#347;ci, "
                   "kt&oacute;rych dostawc&#261; jest $provider."),
        ngx_string("Zaakceptuj i wy&#347;wietl"),
        ngx_string("Polityka prywatno&#347;ci: $provider"),
        ngx_string("Ustawienia prywatno&#347;ci") } },

    { ngx_string("pt"),
      { ngx_string("Conte&uacute;do de $provider"),
        ngx_string("Este conte&uacute;do &eacute; fornecido por "
                   "$provider. &Eacute; mostrado se aceitar: "
                   NGX_CONSENT_TITLES "."),
        ngx_string("Este site n&atilde;o mostra conte&uacute;do de "
                   "$provider."),
        ngx_string("Aceitar e mostrar"),
        ngx_string("Pol&iacute;tica de privacidade de $provider"),
        ngx_string("Defini&ccedil;&otilde;es de privacidade") } }
};


/* the same as conf/ui/placeholder.html */

const ngx_str_t  ngx_consent_placeholder_default = ngx_string(
    "<fieldset class=\"consent-placeholder\" lang=\"$lang\" dir=\"auto\">\n"
    "<legend>$text_title</legend>\n"
    "<!--# if categories -->\n"
    "<p>$text_blocked</p>\n"
    "<!--# else -->\n"
    "<p>$text_held</p>\n"
    "<!--# endif -->\n"
    "<!--# if action -->\n"
    "<form method=\"post\" action=\"$action\">\n"
    "$accept\n"
    "<!--# if return -->\n"
    "<input type=\"hidden\" name=\"return\" value=\"$return\">\n"
    "<!--# endif -->\n"
    "<p><button>$text_accept</button></p>\n"
    "</form>\n"
    "<!--# endif -->\n"
    "<p><a href=\"$settings\">$text_settings</a></p>\n"
    "<!--# if policy -->\n"
    "<p><a href=\"$policy\" rel=\"noreferrer\">$text_policy</a></p>\n"
    "<!--# endif -->\n"
    "</fieldset>\n");


const ngx_consent_language_t *
ngx_consent_language(const u_char *tag, size_t len)
{
    size_t            i, n;
    const ngx_str_t  *lang;

    for (n = 0; n < sizeof(ngx_consent_languages)
                    / sizeof(ngx_consent_languages[0]); n++)
    {
        lang = &ngx_consent_languages[n].lang;

        for (i = 0; i < lang->len && i < len; i++) {
            if (ngx_consent_tolower(tag[i]) != lang->data[i]) {
                break;
            }
        }

        if (i == lang->len && (i == len || tag[i] == '-' || tag[i] == '_')) {
            return &ngx_consent_languages[n];
        }
    }

    return NULL;
}
