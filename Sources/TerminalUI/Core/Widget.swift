/// Something that draws itself.
///
/// A widget draws inside its area only, and accepts any area: empty, tiny, or partly off the screen.
package protocol Widget {
  /// Draws the widget into the part of the buffer that is `area`.
  func draw(into buffer: inout Buffer, area: Rect)
}
