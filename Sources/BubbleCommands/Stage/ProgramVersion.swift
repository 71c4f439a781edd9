/// The version of this program, as recordings name it.
let programVersion = "1.0.0"
