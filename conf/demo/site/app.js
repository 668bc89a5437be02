document.addEventListener("DOMContentLoaded", function () {
    var p = document.createElement("p");

    p.className = "note";
    p.textContent = "The site's own script runs, whatever you chose.";
    document.body.appendChild(p);
});
