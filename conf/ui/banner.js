// A choice is made, and the settings are opened, without leaving the page.
// Where anything of this fails, the form does it by itself.
(function (banner) {
    if (!banner || !window.fetch || !window.FormData) { return; }

    if (top !== self) {
        banner.remove();
        return;
    }

    function send(form, button) {
        var data = new URLSearchParams(new FormData(form));

        if (button.name) {
            data.append(button.name, button.value);
        }

        if (button.formMethod !== "get") {
            return fetch(form.action, {
                method: "POST", body: data, headers: { Accept: "application/json" }
            }).then(function (answer) {
                if (!answer.ok) { throw answer.status; }

                if (!window.consent || !consent.update || told()) {
                    location.reload();
                    return;
                }
                return consent.update().then(settle);
            });
        }

        return fetch(button.formAction.split("?")[0] + "?" + data).then(function (answer) {
            return answer.text();
        }).then(function (text) {
            var page = new DOMParser().parseFromString(text, "text/html");
            var title = banner.querySelector("h2");

            banner.replaceChild(page.getElementById("consent-settings"), title.nextElementSibling);
            open(title);
        });
    }

    // Consent Mode has been told what was refused before

    function told() {
        return (window.dataLayer || []).some(function (command) {
            return command && command[0] === "consent";
        });
    }

    // consent_guard has brought back what was held: the link is what is left

    function settle() {
        var link = banner.querySelector("template");

        if (!link) {
            location.reload();
            return;
        }

        cover(false);
        banner.replaceChildren(link.content);

        if (!banner.firstElementChild) {
            banner.remove();
            return;
        }

        banner.className = "consent-link";
        banner.setAttribute("aria-label", banner.textContent.trim());

        [ "role", "aria-modal", "aria-labelledby" ].forEach(function (name) {
            banner.removeAttribute(name);
        });
    }

    function cover(all) {
        Array.prototype.forEach.call(document.body.children, function (other) {
            other.inert = (all && other !== banner);
        });
    }

    // the settings cover the page: a dialog, and Escape leads back from it

    function open(title) {
        banner.setAttribute("role", "dialog");
        banner.setAttribute("aria-modal", "true");
        cover(true);

        banner.addEventListener("keydown", function (event) {
            if (event.key === "Escape" && banner.hasAttribute("role")) {
                location.reload();
            }
        });

        title.tabIndex = -1;
        title.focus();
        banner.scrollTop = 0;
    }

    // the back button shows it as it was left, whatever was chosen since

    addEventListener("pageshow", function (event) {
        var form = event.persisted && banner.querySelector("form");

        if (form) {
            fetch(form.action).then(function (answer) {
                return answer.json();
            }).then(function (choice) {
                if (choice.state === "decided") { location.reload(); }
            });
        }
    });

    // window.consent.open() of consent_guard

    document.addEventListener("consentopen", function (event) {
        var choose = banner.querySelector("button[formmethod]");

        if (choose) {
            event.preventDefault();
            choose.click();
        }
    });

    banner.addEventListener("submit", function listen(event) {
        var form = event.target, button = event.submitter;

        if (!button) { return; }

        event.preventDefault();

        Promise.resolve().then(function () {
            return send(form, button);
        }).catch(function () {
            banner.removeEventListener("submit", listen);
            form.requestSubmit(button);
        });
    });
})(document.getElementById("consent-banner"));
