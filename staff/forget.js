// Who signs out leaves nothing half written behind, for whoever signs in next in this tab.

sessionStorage.clear();
