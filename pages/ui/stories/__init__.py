"""Stories: scenes that views become, the editor, the stage they are shown on."""
