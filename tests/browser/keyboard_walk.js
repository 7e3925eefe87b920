// Numbers what a keyboard must reach on the page as it stands, and tells how many there are. Of radio buttons
// that belong together one is reached by Tab, and the others from it by arrows.
() => {
  const isFirstOfItsGroup = control => {
    const group = [...document.querySelectorAll('input[type=radio]')].filter(
      other => other.name === control.name && other.form === control.form);
    return control === (group.find(other => other.checked) ?? group[0]);
  };
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(control => control.type !== 'hidden' && !control.disabled && control.tabIndex >= 0)
    .filter(control => control.checkVisibility({visibilityProperty: true}))
    .filter(control => control.type !== 'radio' || isFirstOfItsGroup(control));
  controls.forEach((control, index) => { control.dataset.control = index; });
  return controls.map(control => control.outerHTML.slice(0, 120));
}
