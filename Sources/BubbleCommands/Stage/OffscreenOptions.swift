import ArgumentParser
import BubbleCells
import BubbleSession

/// The screen of a console that nobody sits at.
struct OffscreenOptions: ParsableArguments {
  @Option(help: "The size of the screen (default: 80x24).", transform: parseSize)
  var size = Size(columns: 80, rows: 24)

  @Option(
    help: "Keys to press: letters, <Enter> <Down> …, <2s> to let time pass.",
    transform: parseGestures)
  var keys: [Gesture] = []

  /// A session that shows `stage` on that screen.
  func session(on stage: Stage) throws(Complaint) -> Session {
    let marks = stage.options.marks ?? (stage.options.ascii ? .ascii : .braille)
    return try stage.session(
      size: size, glyphs: GlyphSet(marks: marks, isASCII: stage.options.ascii))
  }
}
