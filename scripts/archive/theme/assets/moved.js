// An old address leads on with its query and fragment, which the refresh for readers without JavaScript drops.
location.replace(document.currentScript.dataset.to + location.search + location.hash)
