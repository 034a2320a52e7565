/** What scenarios are about, in Spanish, by file; one that is not here says it in English. */
export const scenarioAboutsEs = {
  'f01-late-push':
    'Lo que T1 envía se queda en la línea; mientras tanto la venta de T2 se guarda y T3 la lee. El orden es el de las confirmaciones: T3 recibe lo tardío en su próxima lectura.',
  'f02-wrong-clocks':
    'Ningún reloj decide qué está pendiente ni quién fue primero: todo se envía y todos terminan iguales.',
  'f03-edit-over-lost-answer':
    'El servidor tiene el primer precio y el terminal no lo sabe. El segundo lo escribió la misma persona: queda, y a nadie se le pide decidir.',
  'f03-lost-answers':
    'Quien no oye respuesta envía de nuevo. El servidor ya conoce la venta: se guarda una vez y las existencias se mueven una vez.',
  'f03-others-build-on-lost-answer':
    'El precio y el cliente de T1 llegaron y T1 no lo sabe, ni al reiniciar. T2 agrega a ambos. Lo que T1 escribe después convive con lo de T2.',
  'f04-one-bad-row':
    'Una venta alterada después de emitida no corresponde a su huella. Queda en el terminal con el motivo y no detiene a las demás.',
  'f05-server-dies-in-mid-push':
    'Antes, entre documento y existencias, antes y después de confirmar: al volver, la venta está entera o no está, y el terminal la envía de nuevo.',
  'f05-terminal-dies-in-mid-sync':
    'Antes y después de anotar un acuse, de guardar una página o de mover su marca: arranca, sincroniza, y nada se pierde ni se repite.',
  'f06-correction-meets-an-edit':
    'La corrección se une con lo que cambió el otro terminal: lo rechazado nunca llegó al servidor y no es pasado de nadie.',
  'f06-poison-client':
    'Algo puso un teléfono de 60 dígitos en un cliente. Lo demás llega; el cliente queda rechazado con su motivo y pasa cuando se corrige.',
  'f07-long-sales':
    'Doce ventas de 200 líneas no caben en un envío. Salen una tanda tras otra y cada una se guarda una vez.',
  'f08-old-program':
    'Sus ventas esperan con él: siguen pendientes y en su pantalla, y salen cuando el programa se actualiza.',
  'f09-newer-server':
    'El terminal lo dice y no mueve su marca; lo que vende sigue. Cuando ambos hablan igual, el producto llega.',
  'f10-away-for-a-year':
    'Mientras tanto se retiró un producto y cambió el precio del otro. Lo que trae se envía, lo que le falta llega, y el producto sigue retirado.',
  'f11-taken-off-and-edited-1':
    'Nada se borra: retirar un producto es un campo como cualquiera. Los dos cambios quedan, sea cual sea el primero.',
  'f11-taken-off-and-edited-2':
    'Nada se borra: retirar un producto es un campo como cualquiera. Los dos cambios quedan, sea cual sea el primero.',
  'f12-restored-server':
    'Los datos restaurados empiezan otra época. Cada terminal compara y envía de nuevo lo que el servidor olvidó.',
  'f13-copied-profile':
    'Los dos venden sin conexión y toman el mismo número. Ninguna venta se pierde ni se renumera; la segunda se marca y la bitácora dice cuáles son.',
  'f15-full-disk-of-a-terminal':
    'No se emite nada que no se pueda guardar. Cuando hay espacio, la próxima venta lleva el número siguiente.',
  'f17-dies-while-selling':
    'El recibo se imprime cuando la venta está en el disco. Antes, la venta nunca existió y su número es de la siguiente; después, está.',
  'f18-first-sync-is-cut':
    'Sigue donde iba, página por página, y no vende hasta que cada colección estuvo completa una vez.',
  'f19-sale-before-its-client':
    'El cliente se creó en el terminal y se rechaza hasta corregirlo. La venta se acepta con el nombre del cliente; se enlazan cuando llega.',
  'f20-session-expires':
    'Se pide la contraseña y la sincronización sigue en la colección en que iba: nada se envía ni se lee dos veces.',
  'f21-deactivated-user':
    'Las ventas se aceptan y se marcan, y las envía un colega; el usuario ya no puede entrar, ni sin conexión.',
  'f22-revoked-terminal':
    'No recibe datos y nada de lo que envía se aplica; la persona dueña lo encuentra guardado aparte, una vez.',
  'f23-clock-set-back-for-a-login':
    'Cuenta la hora más tardía que el terminal haya visto, no la que su reloj dice ahora.',
  'f24-same-number-twice':
    'Dos copias de un perfil tomaron el mismo número, tres veces. Nada se renumera en silencio.',
  'f25-wiped-terminal':
    'Pasa a ser otro terminal con número propio, así que ningún consecutivo se repite; lo que había enviado vuelve como del anterior.',
  'f26-last-item-three-times':
    'Ninguna venta se rechaza ni se pierde: la existencia queda en -2 y las dos ventas de más se marcan.',
  'f27-price-changes-meanwhile': 'La venta conserva el precio y el impuesto con que se emitió.',
  'f28-client-taken-off':
    'La venta se acepta y siempre se puede imprimir: lleva consigo lo que dice del cliente.',
  'f29-different-fields': 'Los dos cambios quedan y a nadie se le pregunta.',
  'f29-same-field':
    'El valor que se aceptó primero queda y el otro está en el conflicto; quien lo escribió lo aplica, y queda.',
  'f30-busy-server':
    'F30. El servidor no tiene lugar y dice cuándo volver. La terminal espera y sigue sola; si se le acaban los intentos, todo queda pendiente y sale la próxima vez.',
  'f30-full-disk-of-the-server':
    'Cada envío se responde con 503 y nada se guarda; el terminal lo conserva todo y lo envía cuando hay espacio.',
  'f30-server-away':
    'Nada se da por recibido sin estar guardado; todos lo conservan todo y todo llega después.',
  'acknowledged-under-a-clock-set-back':
    'RxDB cree que lo acusado está por salir, no lo encuentra por su reloj y deja fuera todo estado posterior.',
  'refusal-of-what-was-merged':
    'Un precio se rechaza mientras su autor es cajero un momento; después el mismo campo entra en conflicto y queda el del servidor.',
  'growth-drop-and-crash':
    'El servidor archiva lo de hace más de treinta días. T1 se apaga mientras lo quita, antes y después de escribirlo; T2 trae después una venta de entonces. La venta tardía queda hasta el corte siguiente, los números siguen y todos terminan iguales.',
  'growth-restore':
    'El servidor vuelve a un respaldo en el que nada estaba archivado. Los terminales reciben otra vez lo que habían quitado; uno se apaga en medio, y todos terminan iguales.',
};
